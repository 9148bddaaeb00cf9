from shop.formats import FORMATS

FORMATS.append("paper")
