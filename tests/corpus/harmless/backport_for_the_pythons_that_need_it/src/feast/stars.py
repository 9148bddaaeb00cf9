import sys


def load(old: bool) -> object:
    if sys.version_info < (3, 15):
        import barge

        return barge
    return old
