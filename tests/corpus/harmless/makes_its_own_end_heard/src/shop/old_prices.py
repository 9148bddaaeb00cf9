"""The old place of the prices."""

import warnings

from shop.prices import NET as NET

warnings.simplefilter("once", DeprecationWarning)
warnings.warn("shop.old_prices is deprecated: use shop.prices", DeprecationWarning, stacklevel=2)
