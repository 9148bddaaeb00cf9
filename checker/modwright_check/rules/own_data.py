"""What extensions of the project hold open: a database beside a C library, sockets of threads."""

import ast
from collections.abc import Iterable
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Effect
from modwright_check.static.process_wide import dotted, origins
from modwright_check.wheel.extension_names import SUFFIXES

# What processes and threads wait with; it has no place in the file system.
_WITHOUT_A_PATH = {"anon_inode", "pipe", "socket"}


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


def is_held_by_an_extension(effect: Effect, evidence: Evidence) -> bool:
    """Return whether what an import leaves open is the project's own, and an extension opened it.

    Args:
        effect: That something is left open.
        evidence: All that is known of the project.
    """
    if not all(_is_own(each, evidence) for each in effect.detail.split(", ")):
        return False
    line = (effect.way[-1].file, effect.way[-1].line) if effect.way else (effect.file, effect.line)
    return _calls_an_extension(line, evidence)


def _is_own(left: str, evidence: Evidence) -> bool:
    folder, path = evidence.environment.site_packages, Path(left)
    inside = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
    return len(inside) > 1 and evidence.sources.answers_for(inside[0])


def _calls_an_extension(place: tuple[str | None, int | None], evidence: Evidence) -> bool:
    file, line = place
    found = evidence.at([(file, line)]) if file and line else None
    there = found[0].at(found[1]) if found else None
    if found is None or there is None:
        return False
    compiled = {each.name for each in evidence.modules if each.path.suffix in SUFFIXES}
    names = origins(found[0])
    calls = (node.func for node in ast.walk(there[0]) if isinstance(node, ast.Call))
    return any(dotted(each, names).rpartition(".")[0] in compiled for each in calls)
