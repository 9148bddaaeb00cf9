import warnings

import tides


def low():
    warnings.warn("shop.water.low is deprecated: ask a harbour", DeprecationWarning, stacklevel=2)


def high():
    return tides.high()
