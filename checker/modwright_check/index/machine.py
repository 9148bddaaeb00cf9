"""What imports and scripts fail for want of that no wheel brings, and users' machines have."""

from collections.abc import Iterator

from modwright_check.index.displays import wants_a_display
from modwright_check.index.evidence import Evidence
from modwright_check.index.system_libraries import facts_of_the_system
from modwright_check.index.unbuilt import is_unbuilt
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Failed, Outcome


def facts_of_the_machine(failure: Failed, evidence: Evidence) -> Iterator[Fact]:
    """Yield what a machine lacks: the one that checks a project, or the one that has built it.

    Args:
        failure: Of an import, or of a script.
        evidence: All that is known of the project.
    """
    if wants_a_display(failure, evidence):
        yield Fact.HEADLESS
    missing = failure.missing if isinstance(failure, Outcome) else None
    if missing and is_unbuilt(missing, evidence):
        yield Fact.NOT_BUILT
    yield from facts_of_the_system(failure, evidence)
