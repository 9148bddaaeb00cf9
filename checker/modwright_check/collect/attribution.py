"""Drops effects that were observed in a module but were caused by a module that it imports."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.module_names import packages_around

Mark = tuple[str, str]

# Told by numbers and addresses, which are others in each process.
_VARYING = {"atexit", "filters", "logging"}


def without_borrowed(outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """Return outcomes without the effects of packages around a module and of what it imports.

    Where no line is known, the same is seen of each module that imports the one that does it. What
    is seen of a module and of a package around it is the package's: in a fresh interpreter, both
    are imported.
    """
    own = {
        name: {*map(mark, outcome.effects)} - seen_around(name, outcomes)
        for name, outcome in outcomes.items()
        if outcome.effects
    }

    def of_its_own(name: str, outcome: Outcome) -> tuple[Effect, ...]:
        loaded = (own.get(load.name, ()) for load in outcome.loads if load.name != name)
        known = seen_around(name, outcomes).union(*loaded)
        return tuple(each for each in outcome.effects if each.file or mark(each) not in known)

    return {
        name: replace(outcome, effects=of_its_own(name, outcome)) if outcome.effects else outcome
        for name, outcome in outcomes.items()
    }


def seen_around(name: str, outcomes: Mapping[str, Outcome]) -> set[Mark]:
    """Return the marks of the effects of the packages around a module, as far as these are known.

    Args:
        name: Of the module.
        outcomes: What was seen, by name.
    """
    around = (outcomes[package] for package in packages_around(name) if package in outcomes)
    return {mark(effect) for outcome in around for effect in outcome.effects}


def suspects(outcomes: Iterable[Outcome], files: Mapping[str, str]) -> frozenset[str]:
    """Return the modules that may have caused what was observed in others.

    Where no line is known, each that an import has loaded may; else the one that has the line does,
    and only its own import tells what is seen of it alone.

    Args:
        outcomes: What was seen of the others.
        files: The names of the modules that may be returned, by their installed files.
    """
    names, found = frozenset(files.values()), set[str]()
    for outcome in outcomes if names else ():
        for effect in outcome.effects:
            if effect.file is None:
                found.update(load.name for load in outcome.loads)
            elif name := files.get(effect.file):
                found.add(name)
    return names & found


def mark(effect: Effect) -> Mark:
    """Return by what an effect is known again in another process."""
    return effect.kind, "" if effect.kind in _VARYING else effect.detail
