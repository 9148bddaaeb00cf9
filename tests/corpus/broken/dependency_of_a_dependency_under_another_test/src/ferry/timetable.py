import almanac

VERSION = "1"


def next_departure():
    if VERSION >= "1":
        return _departure_at_high_tide()
    return almanac.FIRST


def last_departure():
    return _departure_at_high_tide()


def _departure_at_high_tide():
    from tides import high

    return high()
