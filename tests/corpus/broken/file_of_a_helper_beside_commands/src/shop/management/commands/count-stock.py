def count(stock):
    return sum(stock.values())
