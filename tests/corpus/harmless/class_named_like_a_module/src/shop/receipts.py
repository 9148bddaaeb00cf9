from shop import Order, order

SAME = Order is order.Order
