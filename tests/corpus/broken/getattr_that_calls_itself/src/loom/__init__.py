import sys
from importlib import import_module

__all__ = ["Warp"]

_HOMES = ("warp",)


def __getattr__(name: str) -> object:
    for home in _HOMES:
        module = import_module(f"loom.{home}")
        if name in vars(module):
            return vars(module)[name]
    return getattr(sys.modules[__name__], name)
