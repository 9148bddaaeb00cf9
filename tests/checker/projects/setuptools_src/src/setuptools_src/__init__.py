from .core import VERSION

__all__ = ["VERSION"]
