import sys

if sys.version_info >= (3, 15):
    from ._orders_new import *
else:
    from ._orders_old import *
