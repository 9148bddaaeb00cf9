print("Welcome to the shop!")
