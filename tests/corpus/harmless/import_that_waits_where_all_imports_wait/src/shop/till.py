from shop.prices import NET

__all__ = ["NET"]
