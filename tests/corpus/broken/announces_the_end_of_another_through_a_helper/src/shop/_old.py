import warnings


def retired(module):
    warnings.warn(f"Importing from `{module}` is deprecated.", DeprecationWarning, stacklevel=2)
