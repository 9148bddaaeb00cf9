"""The project's interpreter, told what to import: see probe/start.py for what it does then."""

import marshal
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from modwright_check.model.environment import Environment
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.model.import_result import Failure, Outcome, Unresolved, as_failure, as_outcome
from modwright_check.run.exit_status import ended_by
from modwright_check.run.protocol import tuples_in
from modwright_check.run.sandbox import GRACE, Alive, UnderWay, contain, read_output
from modwright_check.static.preload_plan import AtImport

# Loads the probe and forgets where it came from.
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from probe.start import main; main()"
AROUND_THE_PROBE = str(Path(__file__).parents[1])
NOT_WRITTEN = 74  # the probe's exit code

MOST_ENDS = 4  # that many times modules are imported together again when one ends the process
LARGEST_UNIT = 16  # modules that a line takes at once: fewer balance better, more share more

_FRAME = re.compile(r'^  File "(.+)", line (\d+) in ', re.MULTILINE)


@dataclass(frozen=True)
class Strain:
    """Circumstances under which to import.

    Args:
        within: What the probe sets up: `thread`, `event loop`, `no stdout`.
        flags: Of the interpreter: `-OO`, `-S`.
        variables: Of its environment.
        paths: To search before all others.
    """

    within: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()


NO_STRAIN = Strain()


@dataclass(frozen=True)
class Interpreter:
    """The interpreter of an environment, and the project that it is to import.

    Args:
        environment: Where the project is installed.
        own: The files of the project's modules there.
        time_limit: Seconds that each import may take.
        under_way: By which another thread can end what is under way.
        suspects: Those of the files that may assign to attributes of other modules.
        stubbed: The modules that have a stub, whose attributes are therefore of interest.
        fork: Whether processes can be forked.
    """

    environment: Environment
    own: tuple[str, ...]
    time_limit: float
    under_way: UnderWay
    suspects: tuple[str, ...] = ()
    stubbed: tuple[str, ...] = ()
    fork: bool = hasattr(os, "fork")

    def import_fresh(
        self,
        name: str,
        *,
        before: Sequence[str] = (),
        trace: Collection[str] = (),
        strain: Strain = NO_STRAIN,
    ) -> Outcome:
        """Import a module in a fresh interpreter.

        Args:
            name: Its dotted name.
            before: Modules to import before it, whatever becomes of them.
            trace: Kinds of effects to look for the lines of, and for no others.
            strain: The circumstances.

        Raises:
            EnvironmentFailed: Python cannot be started, or there is no room for the outcome.
        """
        with self.under_way.place() as folder:
            plan = self._plan([("", [], [name])], strain)
            plan |= {"lines": 0, "trace": sorted(trace), "before": list(before)}
            if trace:
                plan["suspects"] = plan["own"]
            # The limit holds for the import, and again for the exports.
            exit_code = self._follow(plan, folder, 2 * self.time_limit + GRACE, strain)
            return self._fresh_outcome(folder, name, exit_code)

    def import_tree(
        self,
        names: Sequence[str],
        asked: AtImport,
        *,
        lines: int,
        record: bool = True,
        strain: Strain = NO_STRAIN,
    ) -> dict[str, Outcome]:
        """Import modules in the fork tree.

        Args:
            names: Their dotted names.
            asked: What they ask for.
            lines: How many imports go on side by side.
            record: Whether to note effects.
            strain: The circumstances.

        Returns:
            What was seen, by name. A module may be missing: then nothing is known of it.
        """
        with self.under_way.place() as folder:
            plan = self._plan(units(names, lines), strain)
            plan |= {"lines": lines, "record": record, "foreign": asked.foreign}
            plan |= {"leading": asked.leading}
            alive = Alive(folder / "outcomes")
            self._follow(plan, folder, self.time_limit + GRACE, strain, alive)
            return self._tree_outcomes(folder / "outcomes", names)

    def import_together(self, names: Sequence[str], strain: Strain) -> list[str]:
        """Import modules one after the other in one process; return those that fail.

        A module that ends the process is among them. So are, after `MOST_ENDS` such ends, all that
        come after it.

        Args:
            names: Their dotted names, packages before what is in them.
            strain: The circumstances.
        """
        failed: list[str] = []
        for _ in range(MOST_ENDS):
            seen = self._seen_together(names, strain)
            failed += [name for name in names if not seen.get(name, True)]
            unseen = [name for name in names if name not in seen]
            failed += unseen[:1]
            names = unseen[1:]
            if not names:
                return failed
        return [*failed, *names]

    def _seen_together(self, names: Sequence[str], strain: Strain) -> dict[str, bool]:
        """Return whether modules import in one process, as far as it comes."""
        with self.under_way.place() as folder:
            plan = self._plan([("", [], list(names))], strain) | {"lines": 0, "record": False}
            alive = Alive(folder / "outcomes")
            self._follow(plan, folder, self.time_limit + GRACE, strain, alive)
            seen = _read(folder / "outcomes")
            return {
                name: "error" not in seen["import", name]
                for name in names
                if ("import", name) in seen
            }

    def _plan(self, work: list[Any], strain: Strain) -> dict[str, Any]:
        return {
            "own": list(self.own),
            "suspects": list(self.suspects),
            "units": work,
            "foreign": {},
            "leading": {},
            "exports": strain == NO_STRAIN,
            "stubbed": list(self.stubbed),
            "fork": self.fork,
            "lines": 1,
            "seconds": self.time_limit,
            "record": True,
            "trace": [],
            "before": [],
            "strain": list(strain.within),
            "paths": list(strain.paths),
        }

    def _follow(
        self,
        plan: dict[str, Any],
        folder: Path,
        time_limit: float,
        strain: Strain,
        alive: Alive | None = None,
    ) -> int | None:
        (folder / "outcomes").mkdir()
        (folder / "plan").write_bytes(marshal.dumps(plan))
        command = [str(self.environment.python), "-I", *strain.flags, "-c", BEGIN, AROUND_THE_PROBE]
        return contain(
            [*command, str(folder)],
            folder,
            time_limit,
            self.under_way,
            variables=dict(strain.variables),
            is_alive=alive,
        )

    def _fresh_outcome(self, folder: Path, name: str, exit_code: int | None) -> Outcome:
        seen = _read(folder / "outcomes")
        ended = _ended(folder) if self.fork else exit_code
        if not (folder / "plan").exists():
            said = "it deletes what lies around the folder that it runs in"
            return Outcome(False, ended, self.time_limit, error="OSError", message=said)
        if ended == NOT_WRITTEN or not (folder / "trace").exists():
            said = read_output(folder / "stderr").strip().rpartition("\n")[2]
            raise EnvironmentFailed(f"Nothing can be imported with {folder} to write to: {said}")
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
                said = ended_by(exit_code if killed else status, self.time_limit)
                ending = Failure(None, said, None, None, frames)
                unresolved = (Unresolved(how, entry, ending),)
            return as_outcome(
                seen["import", name],
                name,
                status,
                self.time_limit,
                unresolved=unresolved,
                attributes=seen.get(("attributes", name)),
            )
        return Outcome(
            False,
            exit_code if killed else status,
            self.time_limit,
            frames=frames,
            killed_parent=killed,
        )

    def _tree_outcomes(self, folder: Path, names: Sequence[str]) -> dict[str, Outcome]:
        seen = _read(folder)
        totals = {"": 0}
        outcomes: dict[str, Outcome] = {}
        for name in sorted(name for kind, name in seen if kind == "import"):
            before = totals[_nearest(name, totals)]
            totals[name] = before + seen["import", name]["import_ns"]
            outcomes[name] = as_outcome(
                seen["import", name],
                name,
                0,
                self.time_limit,
                unresolved=_unresolved(seen.get(("exports", name), ())),
                attributes=seen.get(("attributes", name)),
                before_ns=before,
            )
        brought = {name: set(seen["import", name]["brought"]) for name in outcomes}
        cut_off = {name for name in names if _is_cut_off(name, seen)}
        for name in names:
            if name not in outcomes and (parent := _that_brings(name, brought)):
                failures = _unresolved(seen.get(("exports", name), ()))
                held = seen.get(("attributes", name))
                outcomes[name] = _as_brought(name, outcomes[parent], failures, held)
        return {name: seen for name, seen in outcomes.items() if name not in cut_off}


def units(names: Iterable[str], lines: int = 1) -> list[tuple[str, list[str], list[str]]]:
    """Return the units of work of a fork tree, in the order of the tree.

    Args:
        names: Of the modules.
        lines: How many lines share them.

    Returns:
        Package, exports and imports: the latter are modules of the package that are no packages
        themselves, the former those whose exports are to be resolved if it has brought them.
    """
    names = sorted(names)
    size = max(1, min(LARGEST_UNIT, len(names) // (4 * lines)))
    packages = sorted({parent for name in names for parent in _parents(name)})
    leaves: dict[str, list[str]] = {package: [] for package in packages}
    for name in names:
        if name not in leaves:
            leaves[name.rpartition(".")[0]].append(name)
    work: list[tuple[str, list[str], list[str]]] = []
    for package in sorted(packages, key=lambda package: package.split(".")):
        modules = leaves[package]
        exports = [package, *modules] if package else []
        for start in range(0, max(1, len(modules)), size):
            work.append((package, exports, modules[start : start + size]))
            exports = []
    return [unit for unit in work if unit[1] or unit[2]]


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts))]


def _nearest(name: str, known: Collection[str]) -> str:
    """Return the nearest package around a module that had a process of its own."""
    return next(parent for parent in reversed(_parents(name)) if parent in known)


def _that_brings(name: str, brought: Mapping[str, set[str]]) -> str | None:
    """Return the package around a module whose import brings the module along."""
    return next(
        (parent for parent in _parents(name) if name in brought.get(parent, ())),
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


def _read(folder: Path) -> dict[tuple[str, str], Any]:
    """Return what the probes have written, as far as they came."""
    seen = {}
    for file in folder.glob("*"):  # a module may have deleted the folder: then it holds nothing
        for each in tuples_in(file.read_text("utf-8", "replace")):
            match each:  # anything else, a module has written there
                case (kind, name, content):
                    seen[kind, name] = content
    return seen


def _of_importing_thread(trace: str) -> str:
    """Return the part of a trace of all threads that is about the one that imports.

    faulthandler writes the main thread last, or says which one was running.
    """
    _, current, running = trace.partition("Current thread ")
    if current:
        return running.partition("\nThread ")[0]
    return trace.rpartition("\nThread ")[2]


def _ended(folder: Path) -> int | None:
    """Return how the process that imported ended, as its parent saw it."""
    try:
        status = int((folder / "ended").read_text("ascii"))
    except (OSError, ValueError):
        return None
    return status >> 8 if not status & 0x7F else -(status & 0x7F)
