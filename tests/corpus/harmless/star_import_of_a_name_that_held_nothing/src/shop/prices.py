PriceError = None  # linters do not see what the star brings

from shop.apples import *

OldPriceError = PriceError
