from shop.formats import FORMATS

FORMATS.append("wood")
