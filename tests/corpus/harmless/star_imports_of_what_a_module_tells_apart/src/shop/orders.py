from shop.apples import weigh as weigh_apples
from shop.pears import weigh as weigh_pears


def weigh_all() -> int:
    return weigh_apples() + weigh_pears()
