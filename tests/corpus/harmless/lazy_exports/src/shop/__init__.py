from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.orders import Order
    from shop.prices import gross

_LAZY = {"Order": "shop.orders", "gross": "shop.prices"}
__all__ = ["Order", "gross"]


def __getattr__(name):
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
