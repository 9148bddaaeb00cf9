try:
    from tides import high
except ImportError:
    high = None


def level() -> int:
    if high is None:
        raise RuntimeError("install ferry[planning]")
    return high()


def moon() -> object:
    from tides import harbour

    return harbour
