from shop._prices import price

TOTAL = price(2)
