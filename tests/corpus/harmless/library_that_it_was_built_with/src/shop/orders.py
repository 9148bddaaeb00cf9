from shop import _total

TIDES = _total.total([])


def sail() -> None:
    if not TIDES:
        raise ValueError("shop was built without tides")
    import tides_of_nobody

    tides_of_nobody.wait()
