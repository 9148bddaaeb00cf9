from warnings import warn

warn("What you have is likely to break in a future version. Please use shop.tariff.")

from shop.tariff import *
