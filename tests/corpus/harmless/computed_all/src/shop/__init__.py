from shop import apples, pears
from shop.apples import *
from shop.pears import *

__all__ = apples.__all__ + pears.__all__
__all__ += ["VERSION"]
__all__.extend(name for name in dir() if name.startswith("SHOP_"))

VERSION = "1"
SHOP_NAME = "Fruit"
