import tides

from shop.compat import is_tides_known


def level(day: int) -> int:
    if is_tides_known():
        return tides.moon.level(day)
    return day
