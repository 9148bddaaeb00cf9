def haul(metres):
    return metres / 3
