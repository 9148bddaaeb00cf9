from shop.needles import Needle

WOOD = Needle()
