from importlib.util import find_spec

HAS_LEDGERS = find_spec("ledgers") is not None
