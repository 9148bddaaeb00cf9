"""The options of a single check, which override the project's configuration."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from modwright_check.model.errors import UsageFailed

ALL_PYTHONS = "all"
# A Python that somebody names: every 3.12, or 3.12.4.
_VERSION = re.compile(r"3\.[0-9]{1,2}(\.[0-9]{1,2})?")
_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})", re.ASCII)


class Resolution(StrEnum):
    """Which versions of the dependencies are installed, in the words of uv."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    LOWEST_DIRECT = "lowest-direct"


class Isolation(StrEnum):
    """How an import is kept from all the others."""

    TREE = "tree"  # a fork of a process that has imported exactly the parents
    FRESH = "fresh"  # an interpreter for each; the only way where there is no fork


@dataclass(frozen=True)
class Shard:
    """One of several checks that share a project's modules.

    Args:
        number: Which one, from 1 on.
        of: How many there are.
    """

    number: int
    of: int

    def __str__(self) -> str:
        """Return it as the command line has it."""
        return f"{self.number}/{self.of}"


def read_shard(text: str) -> Shard:
    """Read a shard of the command line.

    Args:
        text: Such as `2/5`.

    Raises:
        UsageFailed: It is not of that form, or there is no such shard.
    """
    match = _SHARD.fullmatch(text)
    shard = Shard(*map(int, match.groups())) if match else None
    if shard is None or not 1 <= shard.number <= shard.of:
        raise UsageFailed(f"--shard {text}: expected I/N with I from 1 to N, such as 2/5.")
    return shard


@dataclass(frozen=True)
class Options:
    """A check that is asked for.

    Args:
        project: The folder that holds `pyproject.toml`, or a wheel.
        pythons: The interpreters to check with, as uv names them (`3.12`); `ALL_PYTHONS` among
            them stands for each one found that the project admits. Empty for the one that fits.
        resolution: Which versions of the dependencies to install.
        extras: Whether to check once more with each extra that the wheel declares.
        isolation: How each import is kept from the others.
        shard: Which part of the modules is looked at; None for all.
        changed_since: A commit of git: only modules that a change since then reaches are looked at.
            None for all.

    Raises:
        UsageFailed: A name among `pythons` is not a version of Python.
    """

    project: Path
    pythons: tuple[str, ...] = ()
    resolution: Resolution = Resolution.HIGHEST
    extras: bool = False
    isolation: Isolation = Isolation.TREE
    shard: Shard | None = None
    changed_since: str | None = None

    def __post_init__(self) -> None:
        """Refuse what uv would take for a path, or for an option of its own."""
        for version in self.versions:
            if not _VERSION.fullmatch(version):
                raise UsageFailed(
                    f"--python {version}: not a version of Python. Use, for example, 3.12."
                )

    @property
    def versions(self) -> list[str]:
        """The versions of Python that are asked for by name."""
        return [version for version in self.pythons if version != ALL_PYTHONS]
