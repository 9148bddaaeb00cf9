from shop.orders import order

what = input("What would you like? ")
print(order(what))
