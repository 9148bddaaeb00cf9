"""All that the rules ask before they judge."""

from collections.abc import Callable, Iterable
from typing import Any

from modwright_check.index.evidence import Evidence
from modwright_check.model.questions import Question
from modwright_check.rules import (
    dependencies,
    entry_points,
    extensions,
    lazy_candidates,
    main_modules,
    packaging,
    replaced_by_stars,
    scripts,
    shadowing,
    side_effects,
    start_files,
    stubs,
)

ASKING: tuple[Callable[[Evidence], Iterable[Question[Any]]], ...] = (
    dependencies.questions,
    packaging.questions,
    extensions.questions,
    entry_points.questions,
    main_modules.questions,
    scripts.questions,
    shadowing.questions,
    replaced_by_stars.questions,
    lazy_candidates.questions,
    start_files.questions,
    side_effects.questions,
    stubs.questions,
)


def questions(evidence: Evidence) -> tuple[Question[Any], ...]:
    """Return what is to be answered for the rules, each question once.

    Args:
        evidence: What is known of the project without the answers.
    """
    return tuple(dict.fromkeys(each for asking in ASKING for each in asking(evidence)))
