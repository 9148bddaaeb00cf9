LIMIT = 0


class Order:
    pass
