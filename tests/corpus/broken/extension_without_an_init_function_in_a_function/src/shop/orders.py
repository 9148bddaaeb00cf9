def total(pieces: int) -> int:
    from shop import _prices

    return _prices.price(pieces)
