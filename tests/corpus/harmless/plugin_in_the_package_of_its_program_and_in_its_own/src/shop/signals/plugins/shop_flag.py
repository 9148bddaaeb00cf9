FLAG = "open"
