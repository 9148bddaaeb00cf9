from importlib.metadata import version

VERSION = version("almanac")


def next_departure():
    if _knows_tides():
        return _departure_at_high_tide()
    return None


def _knows_tides():
    return VERSION >= "1"


def _departure_at_high_tide():
    from tides import high

    return high()
