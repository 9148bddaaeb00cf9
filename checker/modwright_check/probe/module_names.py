"""Dotted names: which package lies in which, and what is on the way there."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Iterable


def trunk(packages: Iterable[str]) -> str:
    """Return the innermost package around all of these; empty when there is none."""
    common: list[str] | None = None
    for package in packages:
        parts = package.split(".") if package else []
        if common is None:
            common = parts
        while common != parts[: len(common)]:
            common.pop()
    return ".".join(common or [])


def is_in(name: str, package: str) -> bool:
    """Return whether a name is that of a package or of what lies below it; all lies below ''."""
    return not package or f"{name}.".startswith(f"{package}.")


def is_below(name: str, package: str) -> bool:
    """Return whether a module lies in a package or below; in '' lie those in no package."""
    return name.startswith(f"{package}.") if package else "." not in name


def next_on_the_way(package: str, below: str) -> str:
    """Return what to import next after a package for one that lies below it."""
    depth = package.count(".") + 1 if package else 0
    return ".".join(below.split(".")[: depth + 1])


def with_parents(name: str) -> list[str]:
    """Return a name after those of the packages around it."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def lost_its_package(name: str) -> bool:
    """Return whether a module that is loaded is what a package has left behind that has failed.

    Python finds it in sys.modules, and does not ask for its package then, with which it fails in a
    process where nothing has been tried before.
    """
    return any(package not in sys.modules for package in with_parents(name)[:-1])
