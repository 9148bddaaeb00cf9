from shop.orders import total
