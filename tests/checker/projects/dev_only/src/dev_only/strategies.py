from hypothesis import strategies

__all__ = ["strategies"]
