from shop.prices import GROSS

__all__ = ["GROSS"]
