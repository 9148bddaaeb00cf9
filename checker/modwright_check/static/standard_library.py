"""In which Pythons, and on which systems, the standard library has what.

`standard_library.txt` holds only what differs: a row a module, indented rows for what it binds,
`name(parameter)` for a keyword of a function, each with the first version that has it, the first
that has it no more, and the one family of systems that it is for. Versions up to 3.13 were read
off the interpreters themselves (tests/checker/static/survey.py). What came and went with 3.14 and
3.15, and the systems, are as the standard library's type stubs (typeshed), the signatures of both
interpreters and the pages "What's New in Python" have it. tests/checker/static/typeshed.py writes
the rows that it lacks; tests hold every row against the interpreters that they find, and find rows
that are missing.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Availability:
    """Where a module, a name or a parameter is to be had.

    Args:
        since: The second number of the first Python 3 that has it; None when all have.
        until: The second number of the first Python 3 that has it no more; None when it stays.
        system: `windows`, `macos`, `linux` or `posix`, when it is for one of those only.
    """

    since: int | None = None
    until: int | None = None
    system: str | None = None

    def missing(self, minors: frozenset[int]) -> frozenset[int]:
        """Return in which of these Pythons it is not to be had."""
        return self.too_old(minors) | self.too_new(minors)

    def too_old(self, minors: frozenset[int]) -> frozenset[int]:
        """Return which of these Pythons do not have it yet."""
        return frozenset(minor for minor in minors if self.since and minor < self.since)

    def too_new(self, minors: frozenset[int]) -> frozenset[int]:
        """Return which of these Pythons have it no more."""
        return frozenset(minor for minor in minors if self.until and minor >= self.until)


@cache
def availabilities() -> dict[str, Availability]:
    """Return what is not to be had everywhere.

    The keys are `module`, `module:name`, `module:Class.method` and `module:name(parameter)`. What
    lies in a module that comes or goes has no row for that alone.
    """
    text = files(__package__).joinpath("standard_library.txt").read_text(encoding="utf-8")
    table = {}
    module = ""
    for row in text.splitlines():
        name, *when = row.split()
        if not row.startswith(" "):
            module = key = name
        else:
            key = f"{module}:{name}"
        if when:
            table[key] = _availability(*when)
    return table


def availabilities_of(module: str) -> dict[str, Availability]:
    """Return the rows of one module, and of what is in it.

    Args:
        module: Its dotted name.
    """
    return _by_module().get(module, {})


@cache
def _by_module() -> dict[str, dict[str, Availability]]:
    modules: dict[str, dict[str, Availability]] = defaultdict(dict)
    for key, available in availabilities().items():
        modules[key.partition(":")[0]][key] = available
    return modules


def _availability(versions: str, system: str | None = None) -> Availability:
    """Return what a row says: `3.11-`, `-3.12`, `3.8-3.12`, or `*` for every version."""
    first, _, last = versions.strip("*").partition("-")
    return Availability(_minor(first), _minor(last), system)


def _minor(version: str) -> int | None:
    return int(version.partition(".")[2]) if version else None
