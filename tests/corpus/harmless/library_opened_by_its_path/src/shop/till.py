def total(pieces: int) -> int:
    from shop.orders import _prices

    return int(_prices.price(pieces))
