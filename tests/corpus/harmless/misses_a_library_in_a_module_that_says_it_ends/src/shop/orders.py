"""Deprecated: orders by the level of the sea."""

import warnings

import tides

warnings.warn("shop.orders is deprecated, and will be removed in 2.0.", DeprecationWarning)

LEVEL = tides.LEVEL
