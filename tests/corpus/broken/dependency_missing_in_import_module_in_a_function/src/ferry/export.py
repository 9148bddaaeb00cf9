from importlib import import_module


def chart():
    return import_module("compass.chart").draw()
