from shop import weigh

__all__ = ["weigh"]
