NET = 1


def gross():
    return NET
