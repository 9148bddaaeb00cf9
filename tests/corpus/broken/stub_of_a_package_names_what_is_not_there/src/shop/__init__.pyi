from shop.orders import Order as Order
from shop.orders import Refund as Refund
