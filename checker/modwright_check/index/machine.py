"""What imports and scripts fail for want of that no wheel brings, and users' machines have."""

from collections.abc import Iterator

from modwright_check.index.displays import wants_a_display
from modwright_check.index.evidence import Evidence
from modwright_check.index.system_libraries import facts_of_the_system
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Failed


def facts_of_the_machine(failure: Failed, evidence: Evidence) -> Iterator[Fact]:
    """Yield what the machine that checks a project lacks: a display, a library of the system.

    Args:
        failure: Of an import, or of a script.
        evidence: All that is known of the project.
    """
    if wants_a_display(failure, evidence):
        yield Fact.HEADLESS
    yield from facts_of_the_system(failure, evidence)
