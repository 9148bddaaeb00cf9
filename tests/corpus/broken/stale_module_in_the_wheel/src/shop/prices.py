PRICES = {"apple": 2}
