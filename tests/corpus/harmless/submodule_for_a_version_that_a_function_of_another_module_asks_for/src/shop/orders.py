import tides

from shop.compat import is_tides_v1


def level(day: int) -> int:
    if is_tides_v1():
        return tides.moon.level(day)
    return day
