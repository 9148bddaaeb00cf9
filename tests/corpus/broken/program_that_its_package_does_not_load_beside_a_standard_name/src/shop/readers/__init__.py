from importlib import import_module

json = import_module(f"{__name__}.json")
