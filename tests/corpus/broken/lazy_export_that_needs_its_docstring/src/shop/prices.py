def gross(net: float) -> float:
    """Return NET with taxes."""
    return net * 1.2


gross.__doc__ = gross.__doc__.replace("NET", "a price")
