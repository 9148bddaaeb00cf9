NAME = "prices"
