from importlib import import_module

_LAZY = {"Order": ".orders", "OrderLine": ".orders"}


def __getattr__(name):
    if name not in _LAZY:
        raise AttributeError(name)
    return getattr(import_module(_LAZY[name], __name__), name)


def __dir__():
    return sorted([*globals(), *_LAZY])
