def high():
    return "06:12"
