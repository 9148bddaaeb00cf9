class Purchase:
    net = 1.0
