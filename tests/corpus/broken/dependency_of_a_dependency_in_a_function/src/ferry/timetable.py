import almanac


def next_departure():
    from tides import high

    return high() or almanac.FIRST
