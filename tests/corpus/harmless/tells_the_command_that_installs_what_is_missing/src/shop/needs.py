from importlib.util import find_spec


class CannotPay(Exception):
    pass


def look_for(library, command):
    if find_spec(library) is None:
        raise CannotPay(f"To pay you need a till. Install it with `{command}`.")
