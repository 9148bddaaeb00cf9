ORDERS = ()
