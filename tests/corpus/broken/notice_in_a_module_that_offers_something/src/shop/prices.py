"""Prices have moved to another package, but for one."""

NET = 2


def __getattr__(name):
    raise ImportError(f"Could not import '{name}': it has moved to shop-prices.")
