from importlib import import_module
from types import ModuleType


def required(name: str, advice: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise RuntimeError(advice) from error
