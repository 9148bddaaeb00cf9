"""Reads the outcomes of imports from the files that the probe has written."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from modwright_check.model.errors import EnvironmentFailed
from modwright_check.model.exit_status import ended_by
from modwright_check.model.import_result import (
    Failure,
    Outcome,
    Unresolved,
    as_failure,
    as_outcome,
)
from modwright_check.model.loads import Loads
from modwright_check.run.probe_files import process_ended, read_outcomes
from modwright_check.run.probe_work import parents_of
from modwright_check.run.sandbox import EXCESS, read_output

NOT_WRITTEN = 74  # the probe's exit code

_IMPORTS = re.compile(r'importer\.py", line \d+ in statement$', re.MULTILINE)
_FRAME = re.compile(r'^  File "(.+)", line (\d+) in ', re.MULTILINE)


def fresh_outcome(
    folder: Path, name: str, exit_code: int | None, time_limit: float, *, forked: bool
) -> Outcome:
    """Return what was seen of a module that was imported in a fresh interpreter.

    Args:
        folder: That the probe was given.
        name: Of the module.
        exit_code: Of the probe: negative for the number of a signal; None when its time was over.
        time_limit: Seconds that the import had.
        forked: Whether the probe has imported it in a child.

    Raises:
        EnvironmentFailed: There was no room for the outcome.
    """
    if excess := read_output(folder / EXCESS):
        return Outcome(False, None, time_limit, excess=excess)
    seen = read_outcomes(folder)
    ended = process_ended(folder) if forked else exit_code
    if _is_full(folder) or not _has_begun(folder, seen, ended):
        said = read_output(folder / "stderr").strip().rpartition("\n")[2]
        raise EnvironmentFailed(
            f"No module can be imported: the probe cannot write to {folder}: {said}"
        )
    intact = all((folder / name).is_file() for name in ("plan", "trace"))
    if ended == NOT_WRITTEN or not intact:
        said = "it deletes or replaces what lies around the folder that it runs in"
        return Outcome(False, ended, time_limit, error="OSError", message=said)
    trace = read_output(folder / "trace")
    timed_out = exit_code is None or "Timeout (" in trace
    status = None if timed_out else ended
    killed = ended is None and not timed_out
    # Written by faulthandler, the innermost frame first.
    stack = _FRAME.findall(_of_importing_thread(trace))
    frames = tuple((file, int(line)) for file, line in reversed(stack))
    if ("import", name) in seen and (_is_cut_off(name, seen) or not killed):
        unresolved = _unresolved(seen.get(("exports", name), ()))
        if _is_cut_off(name, seen):
            how, entry = seen["asks", name]
            said = ended_by(exit_code if killed else status, time_limit)
            ending = Failure(None, said, None, None, frames)
            unresolved = (Unresolved(how, entry, ending),)
        return as_outcome(
            seen["import", name],
            name,
            status,
            time_limit,
            unresolved=unresolved,
            attributes=seen.get(("attributes", name)),
        )
    return Outcome(
        False,
        exit_code if killed else status,
        time_limit,
        frames=frames,
        killed_parent=killed,
    )


def tree_outcomes(folder: Path, names: Sequence[str], time_limit: float) -> dict[str, Outcome]:
    """Return what was seen of modules that were imported in the fork tree, by name.

    Args:
        folder: That the probe was given.
        names: Of the modules.
        time_limit: Seconds that each import had.
    """
    seen = read_outcomes(folder)
    totals = {"": 0}
    outcomes: dict[str, Outcome] = {}
    chained: dict[str, Loads] = {}
    for name in sorted(name for kind, name in seen if kind == "import"):
        # What the chain hands back counts for the module that it is handed to.
        handed = seen["import", name].get("handed")
        before = totals[_nearest(name, totals)] if handed is None else 0
        totals[name] = before + seen["import", name]["import_ns"]
        outcomes[name] = as_outcome(
            seen["import", name],
            name,
            0,
            time_limit,
            unresolved=_unresolved(seen.get(("exports", name), ())),
            attributes=seen.get(("attributes", name)),
            before_ns=before,
        )
        if handed is not None:
            loads = Loads(tuple(outcomes[name].loads), frozenset(handed), chained)
            chained[name] = loads
            outcomes[name] = replace(outcomes[name], loads=loads)
    brought = {name: _kept(seen["import", name]) for name in outcomes}
    cut_off = {name for name in names if _is_cut_off(name, seen)}
    for name in names:
        if name not in outcomes and (parent := _that_brings(name, brought)):
            failures = _unresolved(seen.get(("exports", name), ()))
            held = seen.get(("attributes", name))
            outcomes[name] = _as_brought(name, outcomes[parent], failures, held)
    return {name: seen for name, seen in outcomes.items() if name not in cut_off}


def _kept(seen: Mapping[str, Any]) -> set[str]:
    """Return what an import has brought and kept: neither it nor a package around it has failed."""
    lost = set(seen["lost"])
    return {name for name in seen["brought"] if lost.isdisjoint([*parents_of(name), name])}


def _nearest(name: str, known: Collection[str]) -> str:
    """Return the nearest package around a module that had a process of its own."""
    return next(parent for parent in reversed(parents_of(name)) if parent in known)


def _that_brings(name: str, brought: Mapping[str, set[str]]) -> str | None:
    """Return the package around a module whose import brings the module along."""
    return next(
        (parent for parent in parents_of(name) if name in brought.get(parent, ())),
        None,
    )


def _as_brought(
    name: str, parent: Outcome, unresolved: tuple[Unresolved, ...], held: list[str] | None
) -> Outcome:
    """Return the outcome of a module that needs no import: its package's import is its own."""
    own = next((load for load in parent.loads if load.name == name), None)
    return replace(
        parent,
        file=None,
        self_ms=own and own.self_ns / 1e6,
        effects=(),
        loads=(),
        aliases=(),
        unresolved=unresolved,
        attributes=None if held is None else frozenset(held),
    )


def _unresolved(content: Iterable[tuple[str, str, dict[str, Any]]]) -> tuple[Unresolved, ...]:
    return tuple(Unresolved(how, entry, as_failure(seen)) for how, entry, seen in content)


def _is_cut_off(name: str, seen: Mapping[tuple[str, str], Any]) -> bool:
    """Return whether the process has ended while it resolved an export of a module."""
    return ("asks", name) in seen and ("exports", name) not in seen


def _of_importing_thread(trace: str) -> str:
    """Return the part of a trace of all threads that is about the one that imports.

    faulthandler writes the main thread last, or says which one was running. Under a strain it may
    be another one that imports, while the main thread waits for it.
    """
    _, current, running = trace.partition("Current thread ")
    if current:
        return running.partition("\nThread ")[0]
    threads = trace.split("\nThread ")
    return next((each for each in threads if _IMPORTS.search(each)), threads[-1])


def _is_full(folder: Path) -> bool:
    """Return whether a disk has no room for an outcome, or the folder cannot be written to."""
    try:
        (folder / "room").write_bytes(bytes(1 << 12))
    except OSError:
        return folder.exists()
    return False


def _has_begun(folder: Path, seen: Mapping[tuple[str, str], Any], ended: int | None) -> bool:
    """Return whether the probe has come to its import; after that a module may delete all signs."""
    return (
        bool(seen)
        or ended in (0, NOT_WRITTEN)
        or not (folder / "plan").exists()
        or (folder / "trace").exists()
    )
