def price():
    return 1


from shop.apples import *
