from shop.money import cents

SHIPPING = cents(None)
