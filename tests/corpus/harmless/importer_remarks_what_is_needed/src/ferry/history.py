import tides


def rise() -> int:
    return tides.high()
