import warnings

warnings.simplefilter("once", DeprecationWarning)
NET = 2
