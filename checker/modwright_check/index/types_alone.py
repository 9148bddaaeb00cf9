"""The modules that are there for type checkers: the project imports them for its annotations."""

from collections import defaultdict

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Import, Where


def for_types_alone(evidence: Evidence) -> frozenset[str]:
    """Return the modules that the others import for type checkers, and at run time not at all.

    With them goes what only they import: they never run.

    Args:
        evidence: All that is known of the project.
    """
    imports: dict[str, set[str]] = defaultdict(set)
    for name, group in evidence.importers.items():
        for each in group:
            imports[each.source.module].add(name)
    asked = _asked_for_types(evidence)
    waiting = [name for name in evidence.read if name in asked]
    found: set[str] = set()
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += imports[name]
    while run := {name for name in found if _runs(name, found, evidence)}:
        found -= run
    return frozenset(found)


def _asked_for_types(evidence: Evidence) -> set[str]:
    return {
        name
        for source in evidence.read.values()
        for statement in source.imports
        if statement.where is Where.FOR_TYPES
        for name in _named(statement)
        if name != source.module
    }


def _named(statement: Import) -> set[str]:
    return {statement.module, *(f"{statement.module}.{name}" for name in statement.names)}


def _runs(module: str, found: set[str], evidence: Evidence) -> bool:
    """Return whether a module outside of these imports one of them when it runs."""
    importers = evidence.importers.get(module, ())
    return any(each.source.module not in found for each in importers)
