from shop.display import deprecated
from shop.prices import NET

deprecated("The module shop.prices")
