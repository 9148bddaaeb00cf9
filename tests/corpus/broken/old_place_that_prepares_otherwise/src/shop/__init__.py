from . import _cards as cards

__all__ = ["cards"]
