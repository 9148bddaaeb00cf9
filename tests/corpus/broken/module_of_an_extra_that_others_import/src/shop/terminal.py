from shop.drawn import compass
