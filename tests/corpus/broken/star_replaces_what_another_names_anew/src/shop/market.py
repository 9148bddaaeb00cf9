import shop.fruit

PRICES = shop.fruit.PRICES
