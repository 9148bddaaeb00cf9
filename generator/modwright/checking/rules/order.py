"""MW302: a module that imports only after another one of its project."""

from collections.abc import Iterator

from modwright.checking.catalogue import finding
from modwright.checking.evidence import Evidence
from modwright.checking.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each module that fails alone and succeeds after a sibling."""
    for name, outcome in evidence.outcomes.items():
        if outcome.needs_first:
            place = evidence.sources.innermost(outcome.frames) or (None, None)
            error = evidence.sources.shortened(f"{outcome.error}: {outcome.message}")
            yield finding(
                "MW302",
                name,
                f"imports only after {outcome.needs_first}; alone it fails: {error}",
                f"Import what it needs from {outcome.needs_first} explicitly.",
                *place,
            )
