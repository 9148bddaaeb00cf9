from shop._palette import palette as colours

__all__ = ["colours"]
