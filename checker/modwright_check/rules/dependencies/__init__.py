"""Dependencies: missing, of the wrong kind, of the wrong version, optional but undeclared."""

from collections.abc import Iterator
from typing import Any

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.questions import Question
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies import (
    attributes,
    conditional,
    deferred,
    failed_imports,
    optional,
    other_pythons,
    through_extras,
    transitive,
    unimported,
)


def questions(evidence: Evidence) -> Iterator[Question[Any]]:
    """Yield the questions of these rules.

    Args:
        evidence: All that is known of the project.
    """
    origins = evidence.index(Origins)
    yield from deferred.questions(evidence, origins)
    yield from attributes.questions(evidence, origins)
    yield from unimported.questions(evidence, origins)
    yield from through_extras.questions(evidence, origins)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the dependencies: MW201 to MW207.

    Args:
        evidence: All that is known of the project.
    """
    origins = evidence.index(Origins)
    used = list(attributes.judge(evidence, origins))
    yield from used
    yield from _not_told_by(used, failed_imports.judge(evidence, origins))
    yield from transitive.judge(evidence, origins)
    yield from deferred.judge(evidence, origins)
    yield from conditional.judge(evidence, origins)
    yield from unimported.judge(evidence, origins)
    yield from optional.judge(evidence, origins)
    yield from other_pythons.judge(evidence, origins)


def _not_told_by(used: list[Finding], failed: Iterator[Finding]) -> Iterator[Finding]:
    """Yield failed imports, but not those of a use that the library has said more about."""
    places = {(each.code, each.module, each.file, each.line) for each in used}
    for found in failed:
        if (found.code, found.module, found.file, found.line) not in places:
            yield found
