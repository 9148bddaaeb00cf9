print("⣿ Greet whoever comes in.")


def change(paid, price):
    return paid - price
