from shop import _prices

PRICES = _prices
