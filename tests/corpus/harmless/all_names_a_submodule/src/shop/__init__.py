__all__ = ["orders"]
