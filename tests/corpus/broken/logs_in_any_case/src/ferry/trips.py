try:
    import tides
except ImportError:
    tides = None
    print("Without tides, trips() does not work.")


def trips() -> int:
    return tides.high()
