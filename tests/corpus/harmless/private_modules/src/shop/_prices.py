_NET = 2
