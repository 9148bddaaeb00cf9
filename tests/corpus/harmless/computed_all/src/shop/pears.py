__all__ = ["pear"]


def pear():
    return helper()


def helper():
    return 3
