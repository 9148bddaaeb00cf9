import collections.abc

import shop.orders

shop.orders.LIMIT = 5
shop.orders.Order.colour = "red"


class Basket:
    pass


collections.abc.Sized.register(Basket)
