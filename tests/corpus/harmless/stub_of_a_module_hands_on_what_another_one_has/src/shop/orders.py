class Order:
    net = 1.0
