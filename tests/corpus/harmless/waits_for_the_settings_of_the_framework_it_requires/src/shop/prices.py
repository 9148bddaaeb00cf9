from shop.limits import LIMIT

PRICE = 2 * LIMIT
