import warnings

warnings.filterwarnings("once", "sums by hand are deprecated.*", DeprecationWarning)


def by_hand(*prices: int) -> int:
    warnings.warn("sums by hand are deprecated since 1.2", DeprecationWarning, stacklevel=2)
    return sum(prices)
