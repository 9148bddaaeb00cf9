"""Missing modules that an extra may install transitively, as matplotlib installs pillow."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.questions import BroughtByExtras
from modwright_check.static.source import Where

_OF_OTHERS = {Origin.MISSING, Origin.PART_MISSING}


def questions(evidence: Evidence, origins: Origins) -> Iterator[BroughtByExtras]:
    """Yield what extras bring, if anything is missing that is not declared by its own name.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    question = origins.extras.question
    if question and any(
        origins.of(module) in _OF_OTHERS and not origins.is_named_for_some(module)
        for module in dict.fromkeys(_missed(evidence, origins))
    ):
        yield question


def _missed(evidence: Evidence, origins: Origins) -> Iterator[str]:
    """Yield modules that imports have missed, and those that imports would miss."""
    for outcome in evidence.outcomes.values():
        failures = (export.failure for export in outcome.unresolved)
        yield from filter(None, (outcome.missing, *(failure.missing for failure in failures)))
    for source in evidence.read.values():
        for statement in source.imports:
            is_relative = statement.module.startswith(".")
            if statement.where is not Where.FOR_TYPES and not is_relative:
                yield from origins.imported(statement)
