from importlib import import_module


def passed_on(library):
    def __getattr__(name: str) -> object:
        return getattr(import_module(library), name)

    return __getattr__


__getattr__ = passed_on("till")
