import warnings

warnings.simplefilter("ignore", DeprecationWarning)
warnings.warn("shop.older_prices is deprecated", DeprecationWarning, stacklevel=2)
