from tariff import farthing


def lowest() -> int:
    return farthing
