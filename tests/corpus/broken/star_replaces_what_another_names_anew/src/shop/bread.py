PRICES = {"rye": 4}
