from shop._total import total


def gross(prices: list[float]) -> float:
    return total(prices) * 1.2
