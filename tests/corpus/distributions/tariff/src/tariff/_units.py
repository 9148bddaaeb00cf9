cent = 1
