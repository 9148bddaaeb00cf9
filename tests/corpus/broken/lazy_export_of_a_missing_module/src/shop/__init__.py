import importlib

_LAZY = {"Order": "shop.orders", "Refund": "shop.refunds"}
__all__ = ["Order", "Refund"]


def __getattr__(name):
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
