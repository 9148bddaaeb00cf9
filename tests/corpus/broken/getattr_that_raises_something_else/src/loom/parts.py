from importlib import import_module


def __getattr__(name: str) -> object:
    return import_module(f"loom.{name}")
