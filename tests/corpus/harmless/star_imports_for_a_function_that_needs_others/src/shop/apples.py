def price():
    return 2


def weigh():
    return 1
