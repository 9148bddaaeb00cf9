from importlib import import_module

__all__ = ["buy", "sell"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{name}"), name)
