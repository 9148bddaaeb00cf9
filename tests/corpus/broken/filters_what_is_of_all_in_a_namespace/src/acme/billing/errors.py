import warnings

warnings.simplefilter("once", UserWarning)
