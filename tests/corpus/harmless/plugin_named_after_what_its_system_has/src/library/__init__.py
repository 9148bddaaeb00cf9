import importlib
from types import ModuleType


def plugin(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(f"library.notify.{name}")
    except ImportError:
        return None
