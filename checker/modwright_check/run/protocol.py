"""Parses what programs in the project's environment write: a tuple on each line, by `repr`."""

import ast
from collections.abc import Iterator
from threading import Lock
from typing import Any

# Before Python 3.11.8 and 3.12.2 two threads that parse at the same time can fail with a
# SystemError: the parser counts how deep it is for all of them together (python/cpython#106905).
_ONE_AT_A_TIME = Lock()


def tuples_in(text: str) -> Iterator[tuple[Any, ...]]:
    """Yield the tuple of each line, but of none that was cut short.

    Args:
        text: What a program has written, which may have ended at any time.
    """
    for line in text.splitlines():
        try:
            with _ONE_AT_A_TIME:
                value = ast.literal_eval(line)
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, tuple) and value:
            yield value
