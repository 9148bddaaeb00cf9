import shop.orders

CART = shop.orders.Order()
