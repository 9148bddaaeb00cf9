from . import _keys_of_here as key

__all__ = ["key"]
