from shop import cart, orders
