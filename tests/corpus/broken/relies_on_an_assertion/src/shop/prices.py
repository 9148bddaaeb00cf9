PRICES = {}
assert PRICES.setdefault("apple", 2)
APPLE = PRICES["apple"]
