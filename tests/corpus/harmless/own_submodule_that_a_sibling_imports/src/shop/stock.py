STOCK = {"tea": 12}
