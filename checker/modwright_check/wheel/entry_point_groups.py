"""Modules that another program loads by an entry point, and so only where that program is."""

from collections import defaultdict
from importlib.metadata import Distribution
from pathlib import Path

from modwright_check.wheel.entry_points import COMMANDS, entry_points


def plugin_groups(name: str, site_packages: Path) -> dict[str, set[str]]:
    """Return the entry points' groups of each module that a distribution offers to others.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    found = next(iter(Distribution.discover(name=name, path=[str(site_packages)])), None)
    for point in entry_points(found) if found else ():
        if point.group not in COMMANDS:
            groups[point.value.partition(":")[0].strip()].add(point.group)
    return groups
