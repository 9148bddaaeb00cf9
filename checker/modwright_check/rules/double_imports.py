"""MW306 as it is seen: a file that was loaded twice, under two names."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each file once. Its classes exist twice, and `isinstance` knows only one of them.

    Of a whole package under two names, only the first file is told: the others follow from that.
    """
    told: set[str | frozenset[str]] = set()
    for name, outcome in evidence.outcomes.items():
        for file, first, second in outcome.aliases:
            place = evidence.sources.innermost([(file, 1)])
            packages = _packages(first, second)
            if place and told.isdisjoint({file, packages}):
                told.update((file, packages) if any(packages) else (file,))
                right = second if second in evidence.names else first
                yield finding(
                    "MW306",
                    name,
                    f"the file {place[0]} is imported both as {first} and as {second}",
                    f"Import it as {right} everywhere, and do not change sys.path.",
                    place[0],
                )


def _packages(first: str, second: str) -> frozenset[str]:
    """Return what two names of a file begin with: `a` and `b.c` of `a.x.y` and `b.c.x.y`."""
    one, other = first.split("."), second.split(".")
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return frozenset({".".join(one), ".".join(other)})
