class Order:
    pass


class Refund:
    pass
