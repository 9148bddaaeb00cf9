from .volume import louder

__all__ = ["louder"]
