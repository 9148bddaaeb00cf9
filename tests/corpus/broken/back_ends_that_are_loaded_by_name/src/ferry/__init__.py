from importlib import import_module

BACK_ENDS = ("plain", "drawn", "loud")


def back_end(name):
    return import_module("ferry.back_ends." + name)


NORTH = back_end(BACK_ENDS[0]).NORTH
