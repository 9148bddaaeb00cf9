def price():
    return 3


def count():
    return 4
