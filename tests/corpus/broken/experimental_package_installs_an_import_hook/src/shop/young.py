import warnings

from shop.hooks import redirect

warnings.warn("shop.young is experimental", stacklevel=2)
redirect()
