from importlib import import_module

from shop import prices

_LAZY = {"as_html": "shop.render", "render": "shop.render", "prices": "shop.prices"}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(name)
