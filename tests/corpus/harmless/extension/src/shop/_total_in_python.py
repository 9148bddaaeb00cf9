def total(prices):
    return len(prices)
