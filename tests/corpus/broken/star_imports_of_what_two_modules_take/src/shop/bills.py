from shop.pears import weigh

WEIGHT = weigh()
