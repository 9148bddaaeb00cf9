NET = 2
