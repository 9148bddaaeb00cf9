import termios


def of_the_console():
    return termios
