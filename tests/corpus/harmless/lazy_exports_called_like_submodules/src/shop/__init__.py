"""Each is kept, is the submodule itself, or is a submodule that can be called."""

from importlib import import_module

__all__ = ["as_html", "count", "orders", "render"]
_KEPT = {"render": "shop.render", "as_html": "shop.render"}


def __getattr__(name: str) -> object:
    if name in _KEPT:
        value = getattr(import_module(_KEPT[name]), name)
        globals()[name] = value
        return value
    if name == "orders":
        return import_module("shop.orders")
    if name == "count":
        return import_module("shop.count").count
    raise AttributeError(name)


def __dir__() -> list[str]:
    return __all__
