__all__ = ["orders"]

orders = object()
