import sys

DEBUG = False
if DEBUG:
    import shop.debugging


def terminal() -> object:
    """Return what knows of the terminal."""
    if sys.platform == "win32":
        from shop._console import Terminal
    else:
        from shop._terminal import Terminal

    return Terminal()
