"""Which computers a kit is for: a platform and a Python each, as uv and wheels name them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms

from modwright.errors import UsageFailed
from modwright.kits.begin.kit import GLIBC, MACOS

PYTHONS = ("3.15", "3.14", "3.13", "3.12", "3.11")  # that modwright runs on, the newest first
_OLDEST_GLIBC = 5  # the minor version of manylinux1
_ALIASES = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}


@dataclass(frozen=True)
class Platform:
    """A platform.

    Args:
        name: In a kit.
        for_uv: What uv calls it.
        tags: What wheels for it are marked with, the most fitting first.
    """

    name: str
    for_uv: str
    tags: tuple[str, ...]


def _manylinux(machine: str) -> tuple[str, ...]:
    tags = []
    for minor in range(GLIBC[1], _OLDEST_GLIBC - 1, -1):
        names = [f"manylinux_2_{minor}"]
        names += [_ALIASES[minor]] if minor in _ALIASES else []
        tags += [f"{name}_{machine}" for name in names]
    return (*tags, f"linux_{machine}")


PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform("linux-x86_64", f"x86_64-manylinux_2_{GLIBC[1]}", _manylinux("x86_64")),
        Platform("linux-aarch64", f"aarch64-manylinux_2_{GLIBC[1]}", _manylinux("aarch64")),
        Platform("macos-arm64", "aarch64-apple-darwin", tuple(mac_platforms(MACOS, "arm64"))),
        Platform("macos-x86_64", "x86_64-apple-darwin", tuple(mac_platforms(MACOS, "x86_64"))),
        Platform("windows-x86_64", "x86_64-pc-windows-msvc", ("win_amd64",)),
        Platform("windows-arm64", "aarch64-pc-windows-msvc", ("win_arm64",)),
    )
}
# What people have who name only the system, and what they call their processors.
_USUAL = {
    "linux": ("linux-x86_64",),
    "macos": ("macos-arm64", "macos-x86_64"),
    "windows": ("windows-x86_64",),
}
_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "intel": "x86_64", "silicon": "arm64"}


@dataclass(frozen=True)
class Target:
    """A platform and a Python.

    Args:
        platform: One of `PLATFORMS`.
        python: Such as `3.13`.
    """

    platform: Platform
    python: str

    def __str__(self) -> str:
        return f"{self.platform.name} with Python {self.python}"

    @cached_property
    def tags(self) -> list[Tag]:
        """What wheels for it are marked with, the most fitting first."""
        version = (3, int(self.python.partition(".")[2]))
        interpreter = f"cp{version[0]}{version[1]}"
        platforms = self.platform.tags
        return [
            *cpython_tags(version, [interpreter], platforms),
            *compatible_tags(version, interpreter, platforms),
        ]


def targets_of(
    platforms: Sequence[str], pythons: Sequence[str], admitted: SpecifierSet
) -> list[Target]:
    """Return each platform with each Python that a person has named, or that most people have.

    Args:
        platforms: What was named, such as `linux` or `windows-arm64`.
        pythons: What was named, such as `3.13`.
        admitted: The project's `requires-python`.

    Raises:
        UsageFailed: There is no such platform or Python, or the project does not admit it.
    """
    chosen = pythons_of(pythons, admitted)
    return [Target(platform, python) for platform in platforms_of(platforms) for python in chosen]


def platforms_of(asked: Iterable[str]) -> list[Platform]:
    """Return the platforms that a person has named, or those that most people have.

    Raises:
        UsageFailed: There is no such platform.
    """
    names: list[str] = []
    for word in asked:
        system, _, machine = word.lower().partition("-")
        named = [f"{system}-{_MACHINES.get(machine, machine)}"] if machine else _USUAL.get(system)
        if system == "macos" and machine == "aarch64":
            named = ["macos-arm64"]
        elif system == "linux" and machine == "arm64":
            named = ["linux-aarch64"]
        if not named or not set(named) <= PLATFORMS.keys():
            known = ", ".join([*_USUAL, *PLATFORMS])
            raise UsageFailed(f"--platform {word}: no such platform. There are: {known}.")
        names += named
    if not names:
        names = [name for usual in _USUAL.values() for name in usual]
    return [PLATFORMS[name] for name in dict.fromkeys(names)]


def pythons_of(asked: Sequence[str], admitted: SpecifierSet) -> list[str]:
    """Return the versions of Python that a person has named, or all; the newest first.

    Args:
        asked: What was named.
        admitted: The project's `requires-python`.

    Raises:
        UsageFailed: One is not a version, or is not admitted.
    """
    for python in asked:
        if not re.fullmatch(r"3\.\d{1,2}", python):
            raise UsageFailed(f"--python {python}: write it as 3.13.")
        if python not in PYTHONS:
            raise UsageFailed(f"--python {python}: a kit can be for {', '.join(PYTHONS)}.")
        if not _admits(admitted, python):
            raise UsageFailed(f"--python {python}: the project requires Python {admitted}.")
    chosen = [
        python for python in PYTHONS if (python in asked if asked else _admits(admitted, python))
    ]
    if not chosen:
        raise UsageFailed(
            f"The project requires Python {admitted}; a kit starts with 3.11 or newer."
        )
    return chosen


def _admits(admitted: SpecifierSet, python: str) -> bool:
    # Some release of it, as a project may ask for >=3.13.2.
    return any(admitted.contains(f"{python}.{micro}") for micro in range(30))
