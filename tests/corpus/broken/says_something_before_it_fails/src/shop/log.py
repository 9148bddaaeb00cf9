import sys


class ShopError(Exception):
    pass


def say(message):
    print(message, file=sys.stderr)


def error(message):
    say(message)
    raise ShopError(message)
