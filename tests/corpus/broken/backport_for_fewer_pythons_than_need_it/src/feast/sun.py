import sys


def kinds() -> object:
    if sys.version_info < (3, 11):
        from antique_typing import Self
    else:
        from typing import Self
    return Self
