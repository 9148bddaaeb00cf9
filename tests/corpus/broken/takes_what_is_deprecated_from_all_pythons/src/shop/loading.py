import sys

if sys.version_info >= (3, 8):
    import imp
else:
    imp = None


def has_imp() -> bool:
    return imp is not None
