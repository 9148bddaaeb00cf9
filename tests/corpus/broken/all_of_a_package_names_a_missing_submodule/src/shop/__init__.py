__all__ = ["orders", "refunds"]
