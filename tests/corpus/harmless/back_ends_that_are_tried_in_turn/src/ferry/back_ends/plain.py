NORTH = "up"
