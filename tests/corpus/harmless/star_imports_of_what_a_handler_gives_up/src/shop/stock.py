class Stock:
    pass
