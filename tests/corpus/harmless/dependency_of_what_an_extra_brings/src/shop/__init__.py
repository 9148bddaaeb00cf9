import almanac

FIRST = almanac.FIRST


def listen():
    from shop import over_radio

    return over_radio.FIRST
