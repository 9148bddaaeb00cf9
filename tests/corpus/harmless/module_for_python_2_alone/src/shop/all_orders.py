try:
    from shop.orders import *
except:
    from shop.old_orders import *
