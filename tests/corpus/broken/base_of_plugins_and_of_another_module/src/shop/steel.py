from shop.needles import Needle

STEEL = Needle()
