import warnings

warnings.warn("the prices are those of 2019", UserWarning, stacklevel=2)
