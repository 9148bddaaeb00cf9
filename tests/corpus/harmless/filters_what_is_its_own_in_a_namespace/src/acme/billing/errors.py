import warnings


class TaxWarning(UserWarning):
    """The taxes may have changed."""


warnings.simplefilter("once", TaxWarning)
