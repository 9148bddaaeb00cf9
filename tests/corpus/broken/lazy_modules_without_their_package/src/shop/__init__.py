__lazy_modules__ = ["orders", "prices"]

from . import orders, prices

__all__ = ["orders", "prices"]
