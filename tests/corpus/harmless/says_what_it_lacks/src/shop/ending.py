import warnings


class ShopDeprecationWarning(DeprecationWarning): ...


def gone(text, level=3):
    warnings.warn(ShopDeprecationWarning(text), stacklevel=level)
