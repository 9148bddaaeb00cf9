import warnings

warnings.warn("shop.old goes in version 2", DeprecationWarning, stacklevel=2)
