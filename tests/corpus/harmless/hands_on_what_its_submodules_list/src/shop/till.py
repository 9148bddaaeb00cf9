from shop import Order


def open_order():
    from shop import Order

    return Order()


NONE = Order()
