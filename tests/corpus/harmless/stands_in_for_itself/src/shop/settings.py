import sys
from types import ModuleType


class Settings(ModuleType):
    currency = "EUR"


settings = Settings(__name__)
settings.__spec__ = __spec__
settings.__file__ = __file__
sys.modules[__name__] = settings
