import sys

READINGS = []
del sys.modules[__name__]
