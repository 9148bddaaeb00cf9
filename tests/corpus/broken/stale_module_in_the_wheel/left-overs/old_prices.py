PRICES = {"apple": 1}
