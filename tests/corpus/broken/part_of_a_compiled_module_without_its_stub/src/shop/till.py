from shop.orders import TOTAL

LAST = TOTAL
