__all__ = ["render"]


def __getattr__(name: str) -> object:
    if name == "render":
        from shop.render import render

        return render
    raise AttributeError(name)
