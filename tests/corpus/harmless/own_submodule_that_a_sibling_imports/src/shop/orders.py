import shop


def price(of: str) -> int:
    import shop.stock

    return shop.prices.PRICES[of] * shop.stock.STOCK[of]
