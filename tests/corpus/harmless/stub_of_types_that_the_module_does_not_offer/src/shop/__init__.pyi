class Orders:
    def total(self) -> int: ...

orders: Orders
