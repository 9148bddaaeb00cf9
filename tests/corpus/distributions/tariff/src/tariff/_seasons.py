spring = 1
