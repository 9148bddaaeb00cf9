from shop._total import total

count = total


def count_none() -> int:
    return total([])
