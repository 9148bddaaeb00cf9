import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop._types import Order

if sys.version_info < (3, 8):
    from shop._old import total
else:
    total = sum

if sys.platform == "win32":
    try:
        from shop._windows import width
    except ImportError:
        width = 80

if sys.platform == "cygwin":
    import shop.made.prices.tea
    from shop._speed import faster


def names(order: "Order") -> object:
    if sys.version_info < (3, 9):
        from shop._older import names

        return names(order)
    return total
