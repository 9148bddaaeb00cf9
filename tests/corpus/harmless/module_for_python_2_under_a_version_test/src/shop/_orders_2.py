import tollbooth

print("the old orders")
OPEN = tollbooth.OPEN
