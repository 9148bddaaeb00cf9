import shop

LAST = shop.orders.Order()
