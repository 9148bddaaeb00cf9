from .prices import PRICES


def count() -> int:
    return len(PRICES)
