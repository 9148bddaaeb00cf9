"""MW306 as it is seen: a file that was loaded twice, under two names."""

from collections.abc import Iterator

from modwright.checking.catalogue import finding
from modwright.checking.evidence import Evidence
from modwright.checking.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each file once. Its classes exist twice, and `isinstance` knows only one of them."""
    told = set()
    for name, outcome in evidence.outcomes.items():
        for file, first, second in outcome.aliases:
            place = evidence.sources.innermost([(file, 1)])
            if place and file not in told:
                told.add(file)
                yield finding(
                    "MW306",
                    name,
                    f"{place[0]} is imported both as {first} and as {second}",
                    "Import it by one name everywhere, and leave sys.path alone.",
                    place[0],
                )
