from platform import version


def system():
    return version()
