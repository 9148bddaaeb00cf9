import sys
import time
from types import ModuleType


class Clock(ModuleType):
    @property
    def now(self):
        return time.monotonic()


sys.modules[__name__].__class__ = Clock
