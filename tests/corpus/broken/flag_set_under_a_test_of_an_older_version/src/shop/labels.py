import itertools
import sys
import tokenize

IN_ROWS = False
if sys.version_info >= (3, 11):
    IN_ROWS = True

OLD = True
if sys.version_info >= (3, 12):
    OLD = False


def rows(items):
    if IN_ROWS:
        return list(itertools.batched(items, 2))
    return [tuple(items)]


def is_text(kind):
    return OLD and kind == tokenize.FSTRING_START
