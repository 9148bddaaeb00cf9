"""Prices have moved to another package."""

raise ImportError("prices have moved: pip install shop-prices")
