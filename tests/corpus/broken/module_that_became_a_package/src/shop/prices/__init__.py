from shop.prices.vat import gross

NET = 1
