from shop.orders import OPEN

assert not OPEN
