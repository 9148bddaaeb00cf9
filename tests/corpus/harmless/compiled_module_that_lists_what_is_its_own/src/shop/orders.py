from shop._total import total
