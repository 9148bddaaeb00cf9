NET = [1, 2, 3
GROSS = 4
