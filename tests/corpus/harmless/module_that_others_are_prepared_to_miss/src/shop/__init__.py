from shop import orders
