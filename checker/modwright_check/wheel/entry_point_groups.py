"""Modules that programs load by entry points, and for which programs."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path

from modwright_check.wheel.entry_points import COMMANDS, EntryPoint, entry_points


def entry_point_groups(name: str, site_packages: Path) -> dict[str, set[str]]:
    """Return the groups of entry points by which a distribution offers its modules.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.

    Returns:
        By the dotted name of each module the groups that name it, `console_scripts` among them.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for point in _points(name, site_packages):
        groups[point.value.partition(":")[0].strip()].add(point.group)
    return groups


def groups_of_objects(name: str, site_packages: Path) -> dict[tuple[str, str], set[str]]:
    """Return the groups of entry points by which a distribution offers functions and classes.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.

    Returns:
        By the dotted name of a module, and what is taken from its top level, the groups.
    """
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for point in _points(name, site_packages):
        module, _, taken = point.value.partition("[")[0].partition(":")
        groups[module.strip(), taken.partition(".")[0].strip()].add(point.group)
    return groups


def command_names(name: str, site_packages: Path) -> frozenset[str]:
    """Return the commands that installers make for a distribution.

    Args:
        name: Of the distribution.
        site_packages: Where it is installed.
    """
    points = _points(name, site_packages)
    return frozenset(point.name for point in points if point.group in COMMANDS)


def _points(name: str, site_packages: Path) -> Iterator[EntryPoint]:
    found = next(iter(Distribution.discover(name=name, path=[str(site_packages)])), None)
    yield from entry_points(found) if found else ()
