NAME = "water"
