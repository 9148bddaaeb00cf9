import readline


def of_the_console():
    return readline
