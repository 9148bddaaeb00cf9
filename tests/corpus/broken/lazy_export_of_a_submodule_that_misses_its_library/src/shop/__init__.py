from importlib import import_module

__all__ = ["maps", "prices"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(name)
