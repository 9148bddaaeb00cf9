import warnings

from shop.hooks import redirect

warnings.warn("shop.old was renamed: use shop.orders", stacklevel=2)
redirect()
