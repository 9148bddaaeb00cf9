ROUTES = ("north", "south")
