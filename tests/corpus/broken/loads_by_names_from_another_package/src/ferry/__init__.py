from importlib import import_module


def back_end(name: str) -> object:
    return import_module(f".{name}", "ferry.back_ends")
