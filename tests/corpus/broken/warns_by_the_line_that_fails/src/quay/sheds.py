import warnings

OPEN = 3
warnings.warn("a shed without a width", UserWarning, stacklevel=1)
