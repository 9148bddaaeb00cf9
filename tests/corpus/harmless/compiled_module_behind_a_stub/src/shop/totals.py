from shop._total import total

TOTALS = [total]
