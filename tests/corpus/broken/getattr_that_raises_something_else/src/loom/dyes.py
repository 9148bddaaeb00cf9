from importlib import import_module

_PLACE = "dyers"


def __getattr__(name: str) -> object:
    return getattr(import_module(f"loom.{_PLACE}"), name)
