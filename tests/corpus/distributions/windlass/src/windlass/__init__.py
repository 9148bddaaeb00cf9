"""Hauls by one of two toolkits, whichever is there."""


class NoToolkitError(ImportError):
    """There is none of them."""


try:
    import winch5 as toolkit
except ImportError:
    try:
        import winch6 as toolkit
    except ImportError:
        raise NoToolkitError("neither winch5 nor winch6 is installed") from None
