__all__ = ["Order"]


class Order:
    """What somebody buys."""
