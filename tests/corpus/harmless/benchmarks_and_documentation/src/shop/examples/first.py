from shop import greeting

print(greeting())
