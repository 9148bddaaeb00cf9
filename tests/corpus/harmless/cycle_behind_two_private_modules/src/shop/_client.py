from shop._shapes import CHECKS

from shop._files import is_file


def upload(thing: object) -> bool:
    return is_file(thing) and all(check(thing) for check in CHECKS)
