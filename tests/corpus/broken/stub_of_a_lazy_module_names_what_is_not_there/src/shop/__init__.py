from importlib import import_module

_MODULES = {"gross": "prices", "net": "prices"}


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"shop.{_MODULES[name]}"), name)
