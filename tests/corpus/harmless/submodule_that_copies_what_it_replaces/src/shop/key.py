import sys

from . import key as _key

for _name, _value in vars(_key).items():
    if not _name.startswith("__"):
        setattr(sys.modules[__name__], _name, _value)
