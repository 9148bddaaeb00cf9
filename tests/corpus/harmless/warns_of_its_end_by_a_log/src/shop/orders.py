ORDERS = {}
