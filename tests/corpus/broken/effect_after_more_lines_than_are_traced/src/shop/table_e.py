TABLE = []
for number in range(2_000):
    TABLE.append(number)
