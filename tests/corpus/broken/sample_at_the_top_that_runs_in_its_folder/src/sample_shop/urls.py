from carts.models import CART

URLS = [CART]
