"""Texts that a module lists, such as names of what it loads."""

import ast
from collections.abc import Iterator
from contextlib import suppress

from modwright_check.static.conditions import Asks
from modwright_check.static.expressions import expressions
from modwright_check.static.source import Source


def listed_texts(source: Source) -> Iterator[tuple[str, bool]]:
    """Yield the texts in lists, tuples and sets, each with whether a test of the system decides.

    `["north", "south"] if sys.platform != "win32" else ["west"]` lists three, all under a test.

    Args:
        source: The module.
    """
    for when, (statement, context) in enumerate(source.walk.statements if source.walk else ()):
        with suppress(RecursionError):  # what is nested that deeply is generated data
            for node, around, _ in expressions(statement, context, when):
                if isinstance(node, ast.List | ast.Tuple | ast.Set):
                    for each in node.elts:
                        if isinstance(each, ast.Constant) and isinstance(each.value, str):
                            yield each.value, Asks.PLATFORM in around.asks
