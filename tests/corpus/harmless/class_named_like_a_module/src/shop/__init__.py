from shop.order import Order
