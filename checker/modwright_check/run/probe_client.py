"""Client of the probe (see probe/start.py): sends it a plan and reads its results."""

import marshal
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Outcome, as_outcome
from modwright_check.model.module_names import with_packages
from modwright_check.run.probe_files import read_outcomes
from modwright_check.run.probe_outcomes import fresh_outcome, tree_outcomes
from modwright_check.run.probe_work import units
from modwright_check.run.sandbox import GRACE, Alive, ProcessGroup, contain
from modwright_check.static.preload_plan import AtImport

# Loads the probe and forgets where it came from.
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from probe.start import main; main()"
AROUND_THE_PROBE = str(Path(__file__).parents[1])

MOST_ENDS = 4  # that many times modules are imported together again when one ends the process
# Imports within one another take at least so many for the limit of recursion to be reached.
FEWEST_IMPORTS = 60


@dataclass(frozen=True)
class Strain:
    """Circumstances under which to import.

    Args:
        within: What the probe sets up: `thread`, `event loop`, `no stdout`, `no account`,
            and with that `a home`.
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
class Sought:
    """Effects of an import whose lines are looked for: to look at everything takes minutes.

    Args:
        kinds: Of the effects.
        files: To look in; none for all of the project.
        patched: What is known to be replaced in modules of others: of each the module and its
            attribute. None to look for whatever is.
    """

    kinds: frozenset[str]
    files: frozenset[str] = frozenset()
    patched: frozenset[tuple[str, str]] = frozenset()


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
    under_way: ProcessGroup
    suspects: tuple[str, ...] = ()
    stubbed: tuple[str, ...] = ()
    fork: bool = hasattr(os, "fork")

    def import_fresh(
        self,
        name: str,
        *,
        before: Sequence[str] = (),
        trace: Sought | None = None,
        strain: Strain = NO_STRAIN,
        deeper: bool = False,
    ) -> Outcome:
        """Import a module in a fresh interpreter, in another one where imports lie too deep.

        Args:
            name: Its dotted name.
            before: Modules to import before it, whatever becomes of them.
            trace: The effects to look for the lines of, and for no others.
            strain: The circumstances.
            deeper: Whether what the probe takes of the limit of recursion is made up for.

        Raises:
            EnvironmentFailed: Python cannot be started, or there is no room for the outcome.
        """
        with self.under_way.place() as folder:
            plan = self._plan([("", [], [name])], strain)
            plan |= {"lines": 0, "before": list(before), "deeper": deeper}
            if trace:
                plan |= {"trace": sorted(trace.kinds), "within": sorted(trace.files)}
                plan |= {"patched": sorted(trace.patched), "suspects": plan["own"]}
            # The limit holds for the import, and again for the exports.
            exit_code = self._follow(plan, folder, 2 * self.time_limit + GRACE, strain)
            outcome = fresh_outcome(folder, name, exit_code, self.time_limit, forked=self.fork)
        if outcome.error == "RecursionError" and _is_of_imports(outcome) and not deeper:
            return self.import_fresh(name, before=before, trace=trace, strain=strain, deeper=True)
        return outcome

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
        chosen = frozenset(names)
        with self.under_way.place() as folder:
            plan = self._plan(units(names, lines), strain)
            plan |= {"lines": lines, "record": record, "foreign": asked.foreign}
            plan |= {"leading": asked.leading, "subclasses": asked.subclasses}
            if record and strain == NO_STRAIN:  # effects tell what is not for the chain
                plan["chain"] = {name: asked.order[name] for name in asked.order if name in chosen}
            alive = Alive(folder / "outcomes")
            self._follow(plan, folder, self.time_limit + GRACE, strain, alive)
            return tree_outcomes(folder, names, self.time_limit)

    def import_together(self, names: Sequence[str], strain: Strain) -> dict[str, Outcome | None]:
        """Import modules one after the other in one process; return those that fail.

        A module that ends the process is among them, with those in it: whoever imports one of them
        imports the package first. So are, after `MOST_ENDS` such ends, all that come after it. Of
        these, nothing else is known.

        Args:
            names: Their dotted names, packages before what is in them.
            strain: The circumstances.
        """
        failed: dict[str, Outcome | None] = {}
        for _ in range(MOST_ENDS):
            seen = self._seen_together(names, strain)
            failed |= {name: outcome for name, outcome in seen.items() if not outcome.loaded}
            unseen = [name for name in names if name not in seen]
            failed |= dict.fromkeys(name for name in unseen if unseen[0] in with_packages(name))
            names = [name for name in unseen if name not in failed]
            if not names:
                return failed
        return failed | dict.fromkeys(names)

    def _seen_together(self, names: Sequence[str], strain: Strain) -> dict[str, Outcome]:
        """Return how modules import in one process, as far as it comes."""
        with self.under_way.place() as folder:
            plan = self._plan([("", [], list(names))], strain) | {"lines": 0, "record": False}
            alive = Alive(folder / "outcomes")
            self._follow(plan, folder, self.time_limit + GRACE, strain, alive)
            seen = read_outcomes(folder)
            return {
                name: as_outcome(seen["import", name], name, 0, self.time_limit)
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
            "chain": {},
            "subclasses": False,
            "exports": strain == NO_STRAIN,
            "stubbed": list(self.stubbed),
            "fork": self.fork,
            "lines": 1,
            "seconds": self.time_limit,
            "record": True,
            "trace": [],
            "within": [],
            "patched": [],
            "before": [],
            "strain": list(strain.within),
            "paths": list(strain.paths),
            "deeper": False,
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


def _is_of_imports(outcome: Outcome) -> bool:
    """Return whether imports within one another have led to a failure: each has its own file."""
    return len({file for file, _ in outcome.frames}) >= FEWEST_IMPORTS
