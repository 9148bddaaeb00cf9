__all__ = ["cup", "tea"]


def __getattr__(name):
    if name == "price":
        return 4.5
    raise AttributeError(f"shop has no attribute {name}")
