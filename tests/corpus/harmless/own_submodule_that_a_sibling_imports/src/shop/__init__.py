from shop.prices import PRICES

__all__ = ["PRICES"]
