from shop._total import total

TOTAL = total
