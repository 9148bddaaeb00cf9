"""The same imports under strain: -OO, no stdout, an ASCII locale, a thread, no site, no account."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from modwright_check.model.import_result import EVEN_WITH_A_HOME, Frame, Outcome
from modwright_check.model.module_names import packages_around, with_packages
from modwright_check.run.probe_client import Interpreter, Strain
from modwright_check.static.preload_plan import AtImport
from modwright_check.system.side_by_side import cores, side_by_side

# Python makes UTF-8 of the C locale: by its UTF-8 mode (PEP 540), which `-X utf8=0` switches off,
# and by coercion (PEP 538), which leaves an LC_ALL alone. From 3.15 on the mode is the usual one.
_ASCII = (("LC_ALL", "C"),)

# Strains that are put on together, so that none of them hides what another one would show: without
# a stdout nothing is encoded, a running loop is there also in a thread, and -OO drops assertions.
# Those that modules fail under most often come first.
_GROUPS = (("MW707", "MW713", "MW710", "MW711"), ("MW715", "MW708", "MW712"))

# Engines of containers set HOME for a user without an account: whether that is enough.
WITH_A_HOME = Strain(within=("no account", "a home"))

# Modules, and how they fail where that is known.
Failures = Mapping[str, Outcome | None]
# Exception, text, innermost line of the project, innermost line of all.
Reason = tuple[str | None, str, Frame, Frame]

WORTH_A_TREE = 8  # modules: so many fresh interpreters cost more than the fork tree


def strains(site_packages: str, *, reads_utf8: bool) -> dict[str, Strain]:
    """Return each strain by the code of the finding that it leads to."""
    ascii_mode = () if reads_utf8 else ("-X", "utf8=0")
    return {
        "MW707": Strain(flags=("-OO",)),
        "MW708": Strain(within=("no stdout",)),
        "MW710": Strain(flags=ascii_mode, variables=_ASCII),
        "MW711": Strain(within=("event loop",)),
        "MW712": Strain(within=("thread",)),
        "MW713": Strain(flags=("-S",), paths=(site_packages,)),
        "MW715": Strain(within=("no account",)),
    }


@dataclass(frozen=True)
class _Imports:
    """Imports of one project under strain.

    Args:
        interpreter: Of the environment that it is installed in.
        asked: What its modules ask for at their import.
        fork: Whether to use the fork tree where many modules fail.
    """

    interpreter: Interpreter
    asked: AtImport
    fork: bool

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self.interpreter.own)

    def failing(self, suspects: Iterable[str], strain: Strain) -> Failures:
        """Return which modules fail, or may: together first, for that takes one import of each."""
        names = sorted(suspects)
        failed = self.interpreter.import_together(names, strain) if names else {}
        reasons = {_reason(outcome, self._own) or name for name, outcome in failed.items()}
        return self._narrowed(failed, strain) if len(reasons) >= WORTH_A_TREE else failed

    def _narrowed(self, failed: Failures, strain: Strain) -> Failures:
        """Return of what may fail what fails in the fork tree as well, if there is one."""
        names = sorted(failed) if self.fork else []
        if not names:
            return failed
        seen = self.interpreter.import_tree(
            names, self.asked, lines=cores(), record=False, strain=strain
        )
        return {name: seen.get(name) for name in names if name not in seen or not seen[name].loaded}

    def _lost(self, failed: Failures, strain: Strain) -> dict[str, Outcome]:
        """Return what fails alone: packages before what is in them.

        What fails at the same line of the project, in the same words, fails for the same reason:
        the first that does so alone stands for the others.
        """
        outer = sorted(name for name in failed if failed.keys().isdisjoint(packages_around(name)))
        first = {_reason(failed[name], self._own) or name: name for name in reversed(outer)}
        alone = self._confirmed(sorted(first.values()), strain)
        reasons = {_reason(outcome, self._own) for outcome in alone.values() if not outcome.loaded}
        alike = {
            name: outcome
            for name, outcome in failed.items()
            if name not in alone and outcome and _reason(outcome, self._own) in reasons - {None}
        }
        others: Failures = {name: failed[name] for name in outer if name not in alone | alike}
        if len(others) >= WORTH_A_TREE:
            others = self._narrowed(others, strain)
        alone |= self._confirmed(sorted(others), strain)
        return alike | {name: outcome for name, outcome in alone.items() if not outcome.loaded}

    def _confirmed(self, suspects: Sequence[str], strain: Strain) -> dict[str, Outcome]:
        def import_one(name: str) -> Outcome:
            return self.interpreter.import_fresh(name, strain=strain)

        stop = self.interpreter.under_way.end_all
        outcomes = side_by_side(import_one, suspects, cores(), stop=stop)
        return dict(zip(suspects, outcomes, strict=True))

    def failed_under(
        self, strain: Strain, suspects: Iterable[str], failed: Failures
    ) -> Iterator[tuple[str, Outcome]]:
        """Yield of suspects what fails alone, having failed together with others.

        Where a package does, so does all in it: it comes first. Where it does not, what is in it
        may have failed only because the package did, beside others: that is seen once more.
        """
        waiting = set(suspects)
        while failed:
            found = self._lost(failed, strain)
            for name in sorted(waiting):
                if around := next((each for each in with_packages(name) if each in found), None):
                    waiting.remove(name)
                    yield name, found[around]
            outer = (name for name in failed if failed.keys().isdisjoint(packages_around(name)))
            waiting.difference_update(outer)
            failed = self.failing(waiting & failed.keys(), strain)


def import_strained(
    interpreter: Interpreter,
    names: Collection[str],
    asked: AtImport,
    *,
    zip_file: str | None,
    fork: bool,
    event_loop: bool,
    reads_utf8: bool,
    beside: Collection[str] = (),
) -> dict[tuple[str, str], Outcome]:
    """Import modules under several strains at once; those that fail, under each one by itself.

    They are imported in one process for each group of strains, side by side. Whatever fails there,
    because of the strain or because of another module, is imported alone. What only another module
    keeps from failing is not found, not even if that module is not among them: it is nothing that
    comes and goes with a part.

    Args:
        interpreter: Of the environment that they are installed in.
        names: Of modules that import without strain.
        asked: What the project's modules ask for at their import.
        zip_file: A wheel to import from, as a zip file; None when nobody promises that.
        fork: Whether to use the fork tree where many modules fail.
        event_loop: Whether to have a loop run. It takes asyncio to notice it, and that takes as
            long to load as a small project to import.
        reads_utf8: Whether all Pythons of the project read UTF-8 in every locale.
        beside: The other modules of the project.

    Returns:
        What was seen of modules that fail, by the strain's code and the module's name.
    """
    single = strains(str(interpreter.environment.site_packages), reads_utf8=reads_utf8)
    if not event_loop:
        del single["MW711"]
    every, imports = frozenset(names), _Imports(interpreter, asked, fork)

    def blamed(codes: Sequence[str], suspects: Collection[str]) -> Iterator[tuple[str, Failures]]:
        """Yield strains that were put on together, each with what fails under it.

        Mostly it is a single one: when that is found, the others are acquitted together.
        """
        while suspects and codes:
            code, *codes = codes
            found = imports.failing(suspects, single[code])
            yield code, found
            if found and len(codes) > 1:
                suspects = imports.failing(suspects, _together(single[each] for each in codes))

    @cache
    def failing_among_all(strain: Strain) -> frozenset[str]:
        return frozenset(imports.failing({*every, *beside}, strain))

    def failing_at_all(strain: Strain) -> Failures:
        return imports.failing(every, strain)

    failed: dict[tuple[str, str], Outcome] = {}
    cases = []
    groups = [[code for code in group if code in single] for group in _GROUPS]
    whole = [_together(single[code] for code in group) for group in groups]
    stop = interpreter.under_way.end_all
    seen = side_by_side(failing_at_all, whole, cores(), stop=stop)
    for group, all_of_it, suspects in zip(groups, whole, seen, strict=True):
        for code, found in blamed(group, suspects):
            cases.append((code, single[code], suspects, found, all_of_it))
    if zip_file:
        zipped = Strain(paths=(zip_file,))
        found = imports.failing(every, zipped)
        cases.append(("MW709", zipped, found, found, zipped))
    for code, strain, suspects, found, first in cases:
        for name, outcome in imports.failed_under(strain, suspects, found):
            if not beside or name in failing_among_all(first):
                failed[code, name] = _installed(outcome, zip_file, interpreter)
    homeless = [name for code, name in failed if code == "MW715"]
    for name, outcome in imports.failed_under(
        WITH_A_HOME, homeless, imports.failing(homeless, WITH_A_HOME)
    ):
        failed[EVEN_WITH_A_HOME, name] = outcome
    return failed


def _reason(outcome: Outcome | None, own: Collection[str]) -> Reason | None:
    """Return by what a failure is known again in another process; None where that is not enough."""
    for frame in reversed(outcome.frames) if outcome else ():
        if outcome and frame[0] in own:
            return outcome.error, outcome.message, frame, outcome.frames[-1]
    return None


def _installed(outcome: Outcome, zip_file: str | None, interpreter: Interpreter) -> Outcome:
    """Return an outcome with the installed files in the place of those in the zip file."""
    if not zip_file:
        return outcome
    there = str(interpreter.environment.site_packages)
    frames = tuple((file.replace(zip_file, there), line) for file, line in outcome.frames)
    return replace(outcome, frames=frames)


def _together(strains: Iterable[Strain]) -> Strain:
    parts = list(strains)
    return Strain(
        within=tuple(word for part in parts for word in part.within),
        flags=tuple(flag for part in parts for flag in part.flags),
        variables=tuple(variable for part in parts for variable in part.variables),
        paths=tuple(path for part in parts for path in part.paths),
    )
