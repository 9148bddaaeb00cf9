from shop.refunds import REFUNDS
