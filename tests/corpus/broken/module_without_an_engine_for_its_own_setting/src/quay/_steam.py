def haul(metres):
    return metres / 2
