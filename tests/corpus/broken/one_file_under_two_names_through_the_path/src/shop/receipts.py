from shop.orders import Order

import orders

SAME = Order is orders.Order
