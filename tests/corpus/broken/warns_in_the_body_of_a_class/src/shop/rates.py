import warnings


class Rates:
    LOW = 1


class OldRates(Rates):
    warnings.warn("use Rates instead", DeprecationWarning)
