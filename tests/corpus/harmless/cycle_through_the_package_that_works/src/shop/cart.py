from shop import orders


def order(items):
    return orders.place(items)
