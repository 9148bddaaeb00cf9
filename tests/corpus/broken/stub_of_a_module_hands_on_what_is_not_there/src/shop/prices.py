def gross(order):
    return order.net * 1.19
