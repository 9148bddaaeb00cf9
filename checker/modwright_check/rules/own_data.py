"""What is held open for use: a database beside a C library, what threads wait with."""

import ast
from collections.abc import Iterable
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Effect
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.source import Source
from modwright_check.wheel.extension_names import SUFFIXES

# What processes and threads wait with; it has no place in the file system.
_WITHOUT_A_PATH = {"anon_inode", "pipe", "socket"}
_INSIDE = {"anon_inode", "pipe"}  # of one process
# What opens these for whoever calls it, and keeps nothing.
_OPENERS = {"multiprocessing", "os", "select", "socket", "subprocess"}


def is_of_native_threads(effect: Effect, others: Iterable[Effect]) -> bool:
    """Return whether what a line leaves open is what the native threads wait with that it starts.

    Args:
        effect: Of an import.
        others: All that the import did.
    """
    if effect.kind != "descriptor" or not _WITHOUT_A_PATH.issuperset(effect.detail.split(", ")):
        return False
    place = effect.file, effect.line
    return any(each.kind == "native thread" and place == (each.file, each.line) for each in others)


def is_of_a_log(effect: Effect, others: Iterable[Effect]) -> bool:
    """Return whether what a line leaves open is the file of the logging that it configures.

    Args:
        effect: Of an import.
        others: All that the import did.
    """
    place = effect.file, effect.line
    return effect.kind == "descriptor" and any(
        each.kind == "logging" and place == (each.file, each.line) for each in others
    )


def is_part_of_an_object(effect: Effect, evidence: Evidence) -> bool:
    """Return whether an object keeps what an import leaves open, to wait with as long as it lives.

    No other code can have that, or find it: it lies in no folder, and has no address. So are the
    sockets by which an event loop is woken while it waits, and one that is not connected.

    Args:
        effect: That something is left open.
        evidence: All that is known of the project.
    """
    left = set(effect.detail.split(", "))
    is_inside = left <= _INSIDE or (
        left <= _WITHOUT_A_PATH and ("anon_inode" in left or not _has_an_address(effect, evidence))
    )
    there = _there(effect, evidence) if is_inside else None
    if there and _is_made_by_others(*there, evidence):
        return True
    match there and there[1]:
        case ast.Assign(targets=[ast.Tuple(parts)]):
            return all(map(_is_of_self, parts))
        case ast.Assign(targets=[target]):
            return _is_of_self(target)
    return False


def _has_an_address(effect: Effect, evidence: Evidence) -> bool:
    """Return whether the line that leaves a socket open has connected it, or listens somewhere."""
    if effect.file is None or effect.line is None:
        return True
    place = effect.file, effect.line
    found = evidence.sources.innermost([place])
    outcome = evidence.outcomes.get(evidence.names_by_file.get(found[0], "")) if found else None
    return outcome is None or any(
        each.kind == "network" and (each.file, each.line) == place
        for each in outcome.effects
        if not each.detail.startswith("looks up ")
    )


def _is_made_by_others(source: Source, statement: ast.stmt, evidence: Evidence) -> bool:
    """Return whether a statement calls nothing but what makes objects, or keeps them, elsewhere."""
    names = origins(source)
    made = [dotted(node.func, names) for node in ast.walk(statement) if isinstance(node, ast.Call)]
    tops = {name.partition(".")[0] for name in made}
    return bool(tops) and not any(
        not top or top in _OPENERS or evidence.sources.answers_for(top) for top in tops
    )


def _is_of_self(target: ast.expr) -> bool:
    match target:
        case ast.Attribute(ast.Name("self")):
            return True
    return False


def is_held_by_an_extension(effect: Effect, evidence: Evidence) -> bool:
    """Return whether what an import leaves open is the project's own, and an extension opened it.

    Args:
        effect: That something is left open.
        evidence: All that is known of the project.
    """
    if not all(_is_own(each, evidence) for each in effect.detail.split(", ")):
        return False
    return _calls_an_extension(effect, evidence)


def is_of_the_library_that_is_called(effect: Effect, evidence: Evidence) -> bool:
    """Return whether what an import leaves open lies in the libraries that its line calls.

    What a library keeps open of its own, its users cannot close.

    Args:
        effect: That something is left open.
        evidence: All that is known of the project.
    """
    there = _there(effect, evidence)
    if there is None:
        return False
    source, statement = there
    names = origins(source)
    calls = (node.func for node in ast.walk(statement) if isinstance(node, ast.Call))
    called = {dotted(each, names).partition(".")[0] for each in calls}
    folder = evidence.environment.site_packages
    return all(
        path.is_relative_to(folder) and path.relative_to(folder).parts[0] in called
        for path in map(Path, effect.detail.split(", "))
    )


def _is_own(left: str, evidence: Evidence) -> bool:
    folder, path = evidence.environment.site_packages, Path(left)
    inside = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
    return len(inside) > 1 and evidence.sources.answers_for(inside[0])


def _there(effect: Effect, evidence: Evidence) -> tuple[Source, ast.stmt] | None:
    """Return the statement that has an effect in the end, and the module it stands in."""
    last = effect.way[-1] if effect.way else effect
    found = evidence.at([(last.file, last.line)]) if last.file and last.line else None
    there = found[0].at(found[1]) if found else None
    return (found[0], there[0]) if found and there else None


def _calls_an_extension(effect: Effect, evidence: Evidence) -> bool:
    there = _there(effect, evidence)
    if there is None:
        return False
    compiled = {each.name for each in evidence.modules if each.path.suffix in SUFFIXES}
    source, statement = there
    names = origins(source)
    calls = (node.func for node in ast.walk(statement) if isinstance(node, ast.Call))
    return any(dotted(each, names).rpartition(".")[0] in compiled for each in calls)
