from shop.prices import CURRENCY
