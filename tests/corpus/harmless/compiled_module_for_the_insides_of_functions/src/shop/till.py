from shop._total import total

NONE: int = total([])


def count(prices: list[int]) -> int:
    return total(prices)
