def total(order: "Order") -> int:
    def again(order: Order) -> int:
        return order.total

    return again(order) if order.total else 0


class Order:
    total = 0

    def copy(self) -> "Order":
        return self
