def show():
    return None
