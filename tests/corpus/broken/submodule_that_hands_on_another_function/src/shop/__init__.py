from shop.inner import cards as pay

__all__ = ["pay"]
