try:
    from shop.scale import lib
except ImportError:
    lib = None

__all__ = ["VERSION", "SCALE"]

VERSION = "1"

if lib:
    SCALE = lib.version()
