FARES = [2, 3]
