from shop import prices
from shop import stock as _fast

VAT = prices.vat() + _fast.SHELVES
