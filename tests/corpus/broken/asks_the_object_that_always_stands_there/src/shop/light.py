from signals import bell


def pressure() -> int:
    return bell.pressure()
