"""Prices have moved to another package."""


def __getattr__(name):
    raise ImportError(
        f"Could not import '{name}' from shop.prices: this module has moved to shop-prices.\n"
        "See the guide."
    )
