"""Comments that tell about a line."""

import ast
from collections.abc import Iterable, Iterator
from itertools import dropwhile, takewhile

from modwright_check.static.lines import lines_of


def comments_about(line: int, text: str) -> Iterator[str]:
    """Yield the comment on a line, and the one that has the line above to itself.

    Args:
        line: From 1 on.
        text: Of the module.
    """
    *_, above, on = ["", "", *lines_of(text)[:line]]
    yield on.partition("#")[2]
    if above.lstrip().startswith("#"):
        yield above.partition("#")[2]


def block_above(line: int, text: str) -> Iterator[str]:
    """Yield the lines of the comment that stands above a line, be there empty lines between.

    Args:
        line: From 1 on.
        text: Of the module.
    """
    above = reversed(lines_of(text)[: line - 1])
    below_nothing = dropwhile(lambda each: not each.strip(), above)
    yield from takewhile(lambda each: each.lstrip().startswith("#"), below_nothing)


def paragraph_above(line: int, body: Iterable[ast.stmt], text: str) -> Iterator[str]:
    """Yield the comments between the statements above a line, up to an empty line between them.

    An empty line inside a statement, such as a function, divides nothing.

    Args:
        line: From 1 on.
        body: Of the module.
        text: Of the module.
    """
    inside = {number for each in body for number in range(each.lineno, (each.end_lineno or 0) + 1)}
    for number, said in reversed([*enumerate(lines_of(text)[: line - 1], 1)]):
        if number in inside:
            continue
        if not said.strip():
            return
        if said.lstrip().startswith("#"):
            yield said
