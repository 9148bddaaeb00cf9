import sys
from types import ModuleType


class Finished(ModuleType):
    def __getattr__(self, name: str) -> object:
        if name == "cloth":
            return "linen"
        raise AttributeError(name)


sys.modules[__name__].__class__ = Finished
