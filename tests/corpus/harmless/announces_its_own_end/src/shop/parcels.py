import warnings

warnings.warn("shop.parcels is experimental: it may change", UserWarning, stacklevel=2)
