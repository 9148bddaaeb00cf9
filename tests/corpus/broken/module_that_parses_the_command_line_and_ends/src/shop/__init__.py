def opened():
    return True
