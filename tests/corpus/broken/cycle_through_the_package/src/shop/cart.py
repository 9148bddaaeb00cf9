from shop import CURRENCY


class Cart:
    currency = CURRENCY
