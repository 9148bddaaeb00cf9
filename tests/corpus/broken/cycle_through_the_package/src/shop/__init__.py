from shop.cart import Cart

CURRENCY = "EUR"
