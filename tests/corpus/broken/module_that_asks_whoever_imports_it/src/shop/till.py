count = int(input("How many apples? "))
print(count * 2)
