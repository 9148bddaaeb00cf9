import warnings


def gross(net):
    return net * 1.2


def __getattr__(name):
    if name == "brutto":
        warnings.warn("brutto is now called gross", DeprecationWarning, stacklevel=2)
        return gross
    raise AttributeError(name)
