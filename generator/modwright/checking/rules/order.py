"""MW302: a module that imports only after another one of its project."""

from collections.abc import Iterator
from importlib.util import find_spec

from modwright.checking.catalogue import finding
from modwright.checking.evidence import Evidence
from modwright.checking.outcome import Outcome
from modwright.checking.reading.origins import Origin, Origins
from modwright.checking.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each module that fails alone and succeeds after a sibling."""
    for name, outcome in evidence.outcomes.items():
        if outcome.needs_first:
            place = evidence.sources.innermost(outcome.frames) or (None, None)
            error = evidence.sources.shortened(f"{outcome.error}: {outcome.message}")
            message = f"imports only after {outcome.needs_first}; alone it fails: {error}"
            yield finding("MW302", name, message, _hint(outcome, evidence), *place)


def _hint(outcome: Outcome, evidence: Evidence) -> str:
    if outcome.lacks and _is_module(outcome.lacks, Origins(evidence)):
        return f"Write `import {outcome.lacks}`."
    return f"Import what it needs from {outcome.needs_first} explicitly."


def _is_module(name: str, origins: Origins) -> bool:
    """Return whether what a package lacks is a submodule that nobody has imported."""
    if origins.of(name) is not Origin.PYTHON:
        return origins.holds(name)
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
