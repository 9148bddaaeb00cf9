PRICES = {"pear": 3}
