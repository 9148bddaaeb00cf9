from shop.tugs import ShopTug

FLEET = [ShopTug]
