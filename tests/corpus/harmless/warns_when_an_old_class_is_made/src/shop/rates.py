import warnings


class Rates:
    LOW = 1


class OldRates(Rates):
    def __init__(self):
        warnings.warn("use Rates instead", DeprecationWarning, stacklevel=2)

    def __init_subclass__(cls):
        warnings.warn("use Rates instead", DeprecationWarning, stacklevel=2)
