from shop.apples import weigh

WEIGHT = weigh()
