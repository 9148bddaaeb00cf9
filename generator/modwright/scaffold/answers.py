"""The answers given before anything is asked: by preset, by `--data`, by option."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from modwright.errors import UsageFailed
from modwright.scaffold.questions import Question


def parse_data(pairs: Iterable[str]) -> dict[str, str]:
    """Split each KEY=VALUE; Copier turns a value into the type that its question has.

    Raises:
        UsageFailed: A pair has no equals sign or no key.
    """
    answers = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not key or not equals:
            raise UsageFailed(f"--data {pair!r}: write it as KEY=VALUE.")
        answers[key] = value
    return answers


def combine(questions: Iterable[Question], *layers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of all layers, a later one over an earlier one.

    Raises:
        UsageFailed: An answer belongs to no question. Copier itself would take it in silence,
            even in place of a computed value.
    """
    known = [question.name for question in questions]
    answers = {key: value for layer in layers for key, value in layer.items()}
    for key in answers:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
            raise UsageFailed(f"{key}: no such question. {advice}")
    return answers
