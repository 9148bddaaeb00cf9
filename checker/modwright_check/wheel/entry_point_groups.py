"""Modules that programs load by entry points, and for which programs."""

from collections import defaultdict
from importlib.metadata import Distribution
from pathlib import Path

from modwright_check.wheel.entry_points import entry_points


def entry_point_groups(name: str, site_packages: Path) -> dict[str, set[str]]:
    """Return the groups of entry points by which a distribution offers its modules.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.

    Returns:
        By the dotted name of each module the groups that name it, `console_scripts` among them.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    found = next(iter(Distribution.discover(name=name, path=[str(site_packages)])), None)
    for point in entry_points(found) if found else ():
        groups[point.value.partition(":")[0].strip()].add(point.group)
    return groups
