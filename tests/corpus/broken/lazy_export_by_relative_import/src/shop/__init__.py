__all__ = ["Cart"]


def __getattr__(name):
    if name == "Cart":
        from .cart import Cart

        return Cart
    raise AttributeError(name)
