"""Orders by the level of the sea."""

import warnings

import tides

warnings.warn("The order of 1.0 will be removed in 2.0.", DeprecationWarning)

LEVEL = tides.LEVEL
