from shop.prices import TEA as TEA
