"""How much a file invites to be run by its path."""

import os

from modwright_check.index.evidence import Evidence
from modwright_check.index.programs import is_recommended
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import packages_around
from modwright_check.static.source import Source
from modwright_check.wheel.entry_point_groups import entry_point_groups


def invites(source: Source, evidence: Evidence) -> frozenset[Fact]:
    """Return how much a script weighs that fails when it is run by its path.

    All in full when the file has the right to be executed, and a `#!` line without which that is of
    no use. There is another way to run a `__main__`, what an entry point names and what the project
    runs by `python -m`. The `#!` of a project whose packages begin with it too is how all its files
    begin.

    Args:
        source: The script's.
        evidence: All that is known of the project.
    """
    is_begun = source.text.startswith("#!")
    if is_begun and evidence.project and os.access(evidence.project / source.file, os.X_OK):
        return frozenset()
    if has_another_way(source, evidence) or _is_a_heading(source, evidence):
        return frozenset({Fact.BY_PATH_ALONE, Fact.UNINVITED})
    return frozenset({Fact.BY_PATH_ALONE})


def has_another_way(source: Source, evidence: Evidence) -> bool:
    """Return whether the project offers another way to run a file than by its path.

    Args:
        source: The file's.
        evidence: All that is known of the project.
    """
    if source.module.endswith(".__main__"):
        return True
    groups = entry_point_groups(str(evidence.about.name), evidence.environment.site_packages)
    return source.module in groups or is_recommended(source.module, source, evidence)


def package_that_loads(module: str, evidence: Evidence) -> str | None:
    """Return the nearest package around a module whose import brings it, in whatever way.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    for package in packages_around(module):
        outcome = evidence.outcomes.get(package)
        if outcome and module in {load.name for load in outcome.loads}:
            return package
    return None


def _is_a_heading(source: Source, evidence: Evidence) -> bool:
    """Return whether packages, which nobody runs, begin with the same `#!` line."""
    package = evidence.read.get(source.package)
    first = source.text.partition("\n")[0]
    if package is None or not first.startswith("#!"):
        return False
    return package.text.partition("\n")[0] == first
