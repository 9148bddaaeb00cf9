from . import key as _key

KNOWN = _key.__name__
