"""The Pythons in which a `try` gets to an import: after its first choice, or instead of it."""

import ast
from collections.abc import Iterable, Iterator

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


def minors_that_reach(statement: Import) -> frozenset[int]:
    """Return the Pythons that get to an import, as far as it and what is tried before it tell.

    Args:
        statement: The import. Of its `try`, all that is imported before it has to be there, but
            for what stands in a `finally`, which runs in any case.
    """
    minors = statement.context.minors
    for each in statement.context.chain():
        if isinstance(each.node, ast.Try) and not _is_in(each.node.finalbody, statement):
            before = (node for node in each.node.body if node.lineno < statement.line)
            for key in _imported(before):
                if known := availabilities().get(key):
                    minors -= known.missing(minors)
    return minors


def _is_in(block: list[ast.stmt], statement: Import) -> bool:
    return bool(block) and block[0].lineno <= statement.line


def _imported(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield what a block imports, as `availabilities()` calls it."""
    for node in body:
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(module), names, 0):
                yield module
                yield from (f"{module}:{alias.name}" for alias in names)
                yield from (f"{module}.{alias.name}" for alias in names)
