import warnings


def old_price(name):
    warnings.warn("old_price is deprecated", DeprecationWarning, stacklevel=2)
    return len(name)
