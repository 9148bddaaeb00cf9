"""The Pythons in which the second choice of an import is needed."""

import ast
from collections.abc import Iterator

from modwright_check.model.python_versions import MINORS
from modwright_check.static.imports import Import
from modwright_check.static.source import Source
from modwright_check.static.standard_library import availabilities


def minors_that_need(statement: Import, source: Source) -> frozenset[int]:
    """Return the Pythons whose standard library lacks what a `try` imports first.

    Args:
        statement: An import in a handler of that `try`.
        source: Of its module.
    """
    handlers = {id(each.node) for each in statement.context.chain()}
    missing: frozenset[int] = frozenset()
    for node in ast.walk(source.tree) if source.tree else ():
        if isinstance(node, ast.Try) and any(id(each) in handlers for each in node.handlers):
            for key in _imported(node.body):
                if known := availabilities().get(key):
                    missing |= known.missing(frozenset(MINORS))
    return missing


def _imported(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what a block imports, as `availabilities()` calls it."""
    for node in body:
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(module), names, 0):
                yield module
                yield from (f"{module}:{alias.name}" for alias in names)
                yield from (f"{module}.{alias.name}" for alias in names)
