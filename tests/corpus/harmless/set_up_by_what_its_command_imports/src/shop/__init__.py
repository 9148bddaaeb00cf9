from shop.prices import NET as NET
