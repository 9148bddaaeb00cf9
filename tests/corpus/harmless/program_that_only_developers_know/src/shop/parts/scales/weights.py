WEIGHTS = (1, 2, 5)
