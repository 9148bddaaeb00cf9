"""Imports whose names are used in functions alone, so that they could wait for them (PEP 810)."""

import ast
from collections.abc import Iterator

from modwright_check.static.context import Where
from modwright_check.static.expressions import expressions
from modwright_check.static.imports import Import
from modwright_check.static.source import Source


def could_wait(source: Source) -> Iterator[Import]:
    """Yield the imports at the top of a module that none of its own code needs at import.

    Those of which no name is used are there for what they do; they are not among them.

    Args:
        source: Of the module; without a tree, it has none.
    """
    at_import, later = names_read(source)
    at_import.update(source.exported or ())
    bound = [binding.name for binding in source.bindings]
    for statement in source.imports:
        names = names_of(statement, source)
        once = all(bound.count(name) == 1 for name in names)
        if _is_plain(statement) and once and names & later and not names & at_import:
            yield statement


def _is_plain(statement: Import) -> bool:
    """Return whether `__lazy_modules__` can make it lazy, and nothing decides about it."""
    context = statement.context
    plain = context.certain and context.binds and not context.tried
    at_import = statement.where is Where.AT_IMPORT and statement.always_runs
    no_call = not statement.called and "*" not in statement.names
    return plain and at_import and no_call and not statement.lazy


def names_of(statement: Import, source: Source) -> set[str]:
    """Return what an import binds.

    Args:
        statement: Of the module.
        source: The module's.
    """
    return {
        binding.name
        for binding in source.bindings
        if binding.imported and binding.line == statement.line
    }


def names_read(source: Source) -> tuple[set[str], set[str]]:
    """Return the names that are read when a module is imported, and those read later.

    Args:
        source: Of the module.
    """
    at_import: set[str] = set()
    later: set[str] = set()
    for name, where, _ in _reads(source):
        (at_import if where is Where.AT_IMPORT else later).add(name)
    return at_import, later


def first_reads(source: Source) -> dict[str, int]:
    """Return the names that are read when a module is imported, with the first line that does.

    Args:
        source: Of the module.
    """
    lines: dict[str, int] = {}
    for name, where, line in _reads(source):
        if where is Where.AT_IMPORT:
            lines[name] = min(line, lines.get(name, line))
    return lines


def _reads(source: Source) -> Iterator[tuple[str, Where, int]]:
    """Yield each name that is read, when, and the line at which that statement begins."""
    for when, (statement, context) in enumerate(source.walk.statements if source.walk else ()):
        for node, inside, _ in expressions(statement, context, when, annotations=False):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id, inside.where, statement.lineno
