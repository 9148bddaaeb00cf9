__all__ = ["apple"]


def apple():
    return helper()


def helper():
    return 2
