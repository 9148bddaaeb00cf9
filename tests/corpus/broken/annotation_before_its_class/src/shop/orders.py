def total(order: Order) -> int:
    return order.total


class Order:
    total = 0
