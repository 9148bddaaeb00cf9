import shop


def price(of: str) -> int:
    return shop.prices.PRICES[of]
