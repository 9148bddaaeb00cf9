import warnings

import tides

warnings.warn("shop.water is deprecated: ask a harbour", DeprecationWarning, stacklevel=2)


def high():
    return tides.high()
