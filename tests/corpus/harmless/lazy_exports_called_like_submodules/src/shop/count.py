import sys
from types import ModuleType


def count(orders: list[str]) -> int:
    return len(orders)


class _Count(ModuleType):
    def __call__(self, orders: list[str]) -> int:
        return count(orders)


sys.modules[__name__].__class__ = _Count
