import itertools
import sys
import tokenize

IN_ROWS = False
if sys.version_info >= (3, 12):
    IN_ROWS = True

if sys.version_info < (3, 12):
    TOKENS_OF_TEXT = False
else:
    TOKENS_OF_TEXT = True


def rows(items):
    if IN_ROWS:
        return list(itertools.batched(items, 2))
    return [tuple(items)]


def is_text(kind):
    return TOKENS_OF_TEXT and kind == tokenize.FSTRING_START
