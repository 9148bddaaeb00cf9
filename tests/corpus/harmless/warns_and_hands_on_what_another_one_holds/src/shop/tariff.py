__all__ = ["NET"]

NET = {"apple": 2}
