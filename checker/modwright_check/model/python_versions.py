"""The versions of Python, and which of them a project admits."""

from packaging.specifiers import SpecifierSet
from packaging.version import Version

# What is known of the language and its library, by the second number: 3.8 to 3.15. Users of 3.7
# and older cannot install from today's indexes what is built today.
MINORS = range(8, 16)
# Stands for all Pythons before these: what runs there alone is known to run in none of them.
OLDER = 0
ALL_MINORS = frozenset({OLDER, *MINORS})

# The oldest Python that the probe runs on, and so the oldest that modules are imported with.
OLDEST = 10

_UTF8_MODE = 15  # the first whose text files are UTF-8 in any locale (PEP 686)

_MICROS = (0, 99)  # stands for all between: `>=3.9.2` admits 3.9.99, `<3.9.2` admits 3.9.0


def admitted_minors(requires: SpecifierSet) -> frozenset[int]:
    """Return which of the Pythons from 3.8 to 3.15 a requires-python admits, all of it or in part.

    Args:
        requires: Such as `>=3.11,<3.14`.
    """
    exact = [specifier.version.removesuffix(".*") for specifier in requires]
    versions = {f"3.{minor}.{micro}" for minor in MINORS for micro in _MICROS} | set(exact)
    admitted = requires.filter(versions, prereleases=True)
    pairs = (version.split(".")[:2] for version in admitted if version.count(".") > 1)
    minors = (int(minor) for major, minor in pairs if major == "3" and minor.isdigit())
    return frozenset(minors) & frozenset(MINORS)


def read_utf8(requires: SpecifierSet | None) -> bool:
    """Return whether all admitted Pythons take text files for UTF-8, whatever the locale is.

    Args:
        requires: A requires-python; None admits every Python.
    """
    return min(admitted_minors(requires or SpecifierSet()), default=0) >= _UTF8_MODE


def minor_of(version: str) -> int:
    """Return the second number of a version, such as 12 of `3.12.4`."""
    return Version(version).minor
