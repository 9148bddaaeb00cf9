STOCK = {"tea": 4}
