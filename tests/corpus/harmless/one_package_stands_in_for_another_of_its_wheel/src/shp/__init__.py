import sys

import shop

sys.modules[__name__] = shop
