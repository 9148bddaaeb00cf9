import sqlite3


class Price:
    def __init__(self, net):
        self.net = net


sqlite3.register_adapter(Price, lambda price: price.net)
