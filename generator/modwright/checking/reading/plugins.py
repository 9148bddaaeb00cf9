"""Modules that another program loads by an entry point, and so only where that program is."""

from collections import defaultdict
from importlib.metadata import Distribution
from pathlib import Path

# Installers make programs of these: nobody else loads them.
_COMMANDS = {"console_scripts", "gui_scripts"}


def plugin_groups(name: str, site_packages: Path) -> dict[str, set[str]]:
    """Return the entry points' groups of each module that a distribution offers to others.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    found = next(iter(Distribution.discover(name=name, path=[str(site_packages)])), None)
    try:
        points = list(found.entry_points) if found else []
    except (TypeError, ValueError):  # a line that declares nothing: MW901 tells
        points = []
    for point in points:
        if point.group not in _COMMANDS:
            groups[point.value.partition(":")[0].strip()].add(point.group)
    return groups
