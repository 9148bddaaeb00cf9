"""The same as `shop.colours`, for `from shop.colours import red`."""

import sys

from shop._palette import palette

sys.modules[__name__] = palette
