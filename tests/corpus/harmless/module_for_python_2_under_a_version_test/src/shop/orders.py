import sys as _sys

if _sys.version_info.major == 2:
    from ._orders_2 import *
else:
    from ._orders_3 import *
