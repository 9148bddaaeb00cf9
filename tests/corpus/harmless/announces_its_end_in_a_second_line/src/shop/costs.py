from shop.display import deprecated
from shop.prices import NET

deprecated(f"The module {__name__}")
