import warnings

warnings.filterwarnings("once", "sums by hand are deprecated.*", DeprecationWarning)


def by_hand(*prices: int) -> int:
    warnings.warn("sums in the head are deprecated", DeprecationWarning, stacklevel=2)
    return sum(prices)
