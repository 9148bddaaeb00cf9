NAMES = ("north", "south")
