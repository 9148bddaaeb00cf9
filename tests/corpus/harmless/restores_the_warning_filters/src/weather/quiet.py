import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("nobody sees this", UserWarning)
READY = True
