"""MW302: a module that can be imported only after another module of its project."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.ways_to import ways_to
from modwright_check.model.codes import finding
from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each module that fails on its own and succeeds after another module."""
    late = {name: one for name, one in evidence.outcomes.items() if one.needs_first}
    if not late:
        return
    origins, ways = evidence.index(Origins), ways_to(late, evidence)
    for name, outcome in late.items():
        place = evidence.blamed(outcome) or (None, None)
        error = evidence.sources.shortened(f"{outcome.error}: {outcome.message}")
        message = f"can be imported only after {outcome.needs_first}; on its own it fails: {error}"
        yield finding("MW302", name, message, _hint(outcome, origins), *place, facts=ways[name])


def _hint(outcome: Outcome, origins: Origins) -> str:
    if outcome.lacks and _is_module(outcome.lacks, origins):
        return f"Add `import {outcome.lacks}`."
    return f"Import {outcome.needs_first}, or what the module needs of it, explicitly."


def _is_module(name: str, origins: Origins) -> bool:
    """Return whether what a package lacks is a submodule that nobody has imported."""
    if origins.of(name) is Origin.PYTHON:
        return origins.standard.holds(name)
    return origins.holds(name)
