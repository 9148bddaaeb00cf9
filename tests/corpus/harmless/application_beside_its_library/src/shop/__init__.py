from shop.orders import orders

__all__ = ["orders"]
