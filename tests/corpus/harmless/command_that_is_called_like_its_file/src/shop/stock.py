STOCK = {"apple": 3}
