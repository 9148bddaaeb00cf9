from importlib.util import find_spec


def has_ledgers() -> bool:
    return find_spec("ledgers") is not None
