"""The same imports under strain: -OO, no stdout, an ASCII locale, a thread, no site, no account."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from modwright_check.model.import_result import EVEN_WITH_A_HOME, Outcome
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

    They are imported in one process. Whatever fails there, because of the strain or because of
    another module, is imported alone. What only another module keeps from failing is not found,
    not even if that module is not among them: it is nothing that comes and goes with a part.

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
    every = sorted(names)

    def failing(suspects: Sequence[str], strain: Strain) -> list[str]:
        """Return which modules fail, or may: together first, for that takes one import of each."""
        if not suspects:
            return []
        failed = interpreter.import_together(suspects, strain)
        if not fork or len(failed) < WORTH_A_TREE:
            return failed
        seen = interpreter.import_tree(failed, asked, lines=cores(), record=False, strain=strain)
        return [name for name in failed if name not in seen or not seen[name].loaded]

    def confirmed(suspects: Sequence[str], strain: Strain) -> Iterator[tuple[str, Outcome]]:
        def import_one(name: str) -> Outcome:
            return interpreter.import_fresh(name, strain=strain)

        stop = interpreter.under_way.end_all
        outcomes = side_by_side(import_one, suspects, cores(), stop=stop)
        yield from zip(suspects, outcomes, strict=True)

    def failed_under(
        strain: Strain, suspects: Sequence[str], failed: Collection[str]
    ) -> Iterator[tuple[str, Outcome]]:
        """Yield of suspects what fails alone, having failed together with others.

        Where a package does, so does all in it: it comes first. Where it does not, what is in it
        may have failed only because the package did, beside others: that is seen once more.
        """
        waiting, failed = set(suspects), set(failed)
        while failed:
            first = sorted(name for name in failed if failed.isdisjoint(packages_around(name)))
            lost = {name: seen for name, seen in confirmed(first, strain) if not seen.loaded}
            for name in sorted(waiting):
                if around := next((each for each in with_packages(name) if each in lost), None):
                    waiting.remove(name)
                    yield name, lost[around]
            waiting.difference_update(first)
            failed = set(failing(sorted(failed & waiting), strain))

    def blamed(codes: Sequence[str], suspects: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield strains that were put on together, each with those that fail under it.

        Mostly it is a single one: when that is found, the others are acquitted together.
        """
        while suspects and codes:
            code, *codes = codes
            found = failing(suspects, single[code])
            yield code, found
            if found and len(codes) > 1:
                suspects = failing(suspects, _together(single[each] for each in codes))

    @cache
    def failing_among_all(strain: Strain) -> frozenset[str]:
        return frozenset(failing(sorted({*every, *beside}), strain))

    failed: dict[tuple[str, str], Outcome] = {}
    cases = []
    for group in ([code for code in group if code in single] for group in _GROUPS):
        all_of_it = _together(single[code] for code in group)
        suspects = failing(every, all_of_it)
        for code, found in blamed(group, suspects):
            cases.append((code, single[code], suspects, found, all_of_it))
    if zip_file:
        zipped = Strain(paths=(zip_file,))
        found = failing(every, zipped)
        cases.append(("MW709", zipped, found, found, zipped))
    for code, strain, suspects, found, first in cases:
        for name, outcome in failed_under(strain, suspects, found):
            if not beside or name in failing_among_all(first):
                failed[code, name] = _installed(outcome, zip_file, interpreter)
    homeless = [name for code, name in failed if code == "MW715"]
    for name, outcome in failed_under(WITH_A_HOME, homeless, failing(homeless, WITH_A_HOME)):
        failed[EVEN_WITH_A_HOME, name] = outcome
    return failed


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
