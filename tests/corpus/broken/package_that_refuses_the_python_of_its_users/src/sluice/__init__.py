import sys

if sys.version_info < (3, 99):
    raise RuntimeError("This package can only be used on Python 3.99.")
