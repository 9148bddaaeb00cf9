from shop import settings
from shop.settings import currency

NET = 2, currency, settings.currency
