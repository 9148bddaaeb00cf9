"""Leaves it to users of what a halyard is made."""


class NoRopeError(ImportError):
    pass


ROPE = "hemp"
if ROPE == "hemp":
    try:
        from hemp import haul
    except ImportError:
        ROPE = "wire"
if ROPE == "wire":
    try:
        from wire import haul
    except ImportError:
        raise NoRopeError("no rope could be found") from None

HAUL = haul
