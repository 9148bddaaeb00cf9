from tariff import farthing


def cheapest() -> int:
    return farthing
