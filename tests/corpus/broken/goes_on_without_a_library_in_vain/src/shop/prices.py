PRICES = {"tea": 4.5}
