import tollbooth

OPEN = tollbooth.OPEN
