from shop.prices import old_price

TEA = old_price("tea")
