import sys


def public(thing):
    vars(sys.modules[thing.__module__]).setdefault("__all__", []).append(thing.__name__)
    return thing
