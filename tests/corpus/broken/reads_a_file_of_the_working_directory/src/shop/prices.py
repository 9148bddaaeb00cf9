with open("prices.csv") as file:
    PRICES = file.read().splitlines()
