TABLE = []
for number in range(10_000):
    TABLE.append(number)
