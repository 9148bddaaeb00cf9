import warnings


def north():
    return 0


def bearing():
    warnings.warn("bearing() is going to be removed: use north()", FutureWarning, stacklevel=2)
    return north()
