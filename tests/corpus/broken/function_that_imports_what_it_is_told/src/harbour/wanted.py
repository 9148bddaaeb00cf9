from importlib import import_module
from types import ModuleType


def required(name: str) -> ModuleType:
    return import_module(name)
