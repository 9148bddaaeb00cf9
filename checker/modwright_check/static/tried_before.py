"""Imports that run only where another one, tried before them, has worked."""

import ast

from modwright_check.static.catching import handler_for_imports
from modwright_check.static.handlers import spans
from modwright_check.static.source import Import, Source


def runs_if_there(statement: Import, source: Source, library: str) -> bool:
    """Return whether an import stands in the `else` of a `try` that imports a library.

    Args:
        statement: The import.
        source: Of its module.
        library: The first part of the library's name.
    """
    tries = (node for node, _ in (source.walk.statements if source.walk else ()))
    return any(
        isinstance(node, ast.Try)
        and handler_for_imports(node) is not None
        and any(spans(each, statement.line) for each in node.orelse)
        and any(
            each.top == library and any(spans(tried, each.line) for tried in node.body)
            for each in source.imports
        )
        for node in tries
    )
