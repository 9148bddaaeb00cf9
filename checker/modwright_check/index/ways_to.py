"""How the others come by a module whose own import fails: well, or for type checkers alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, private_parts
from modwright_check.static.source import Import, Where


def ways_to(failing: Iterable[str], evidence: Evidence) -> Mapping[str, frozenset[Fact]]:
    """Return for each module that fails on its own what the others have to do with it.

    Args:
        failing: Their names.
        evidence: All that is known of the project.
    """
    names = list(failing)
    for_types = for_types_alone(evidence) if names else frozenset()
    return {
        name: frozenset(
            fact
            for fact, is_so in {
                Fact.FOR_TYPES_ALONE: name in for_types,
                Fact.BROUGHT: _is_brought(name, evidence),
            }.items()
            if is_so
        )
        for name in names
    }


def _is_brought(module: str, evidence: Evidence) -> bool:
    """Return whether a less private module imports one at its import, and fails if it fails."""
    depth = private_parts(module)
    return any(
        each.statement.where is Where.AT_IMPORT
        and each.statement.always_runs
        and private_parts(each.source.module) < depth
        and not is_of_tests(each.source.module)
        for each in evidence.importers.get(module, ())
    )


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
    waiting = [name for name in evidence.read if name in _asked_for_types(evidence)]
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
