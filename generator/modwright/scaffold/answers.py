"""The answers given before anything is asked: by preset, by `--data`, by option."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from modwright.errors import TemplateFailed, UsageFailed
from modwright.scaffold.questions import Question

if TYPE_CHECKING:
    from modwright.scaffold.presets import Preset

YES = {"yes", "y", "true", "on"}
NO = {"no", "n", "false", "off"}


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

    Copier itself would take in silence what is refused here: an answer without a question even in
    place of a computed value, and any text but a few for yes.

    Raises:
        UsageFailed: An answer belongs to no question.
        TemplateFailed: An answer is of another kind than its question.
    """
    known = {question.name: question for question in questions}
    answers = {key: value for layer in layers for key, value in layer.items()}
    for key, answer in answers.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
            raise UsageFailed(f"{key}: no such question. {advice}")
        _demand_kind(known[key], answer)
    return answers


def answers_of(preset: "Preset", questions: Iterable[Question]) -> dict[str, Any]:
    """Return the answers of a preset.

    Raises:
        UsageFailed: An answer belongs to no question.
        TemplateFailed: An answer is of another kind than its question.
    """
    try:
        return combine(questions, preset.answers)
    except (UsageFailed, TemplateFailed) as error:
        raise type(error)(f"Preset {preset.source}: {error}") from None


def departures(
    questions: Iterable[Question], preset: "Preset", answers: Mapping[str, Any]
) -> list[str]:
    """Return the names of the answers that are not what a preset fixes them to."""
    return [
        question.name
        for question in questions
        if question.name in preset.fixed.keys() & answers.keys()
        and _read(question, answers[question.name])
        != _read(question, preset.answers[question.name])
    ]


def demand_kept(
    questions: Iterable[Question], preset: "Preset", answers: Mapping[str, Any]
) -> None:
    """Check that answers leave alone what a preset fixes.

    Raises:
        UsageFailed: They do not.
    """
    for name in departures(questions, preset, answers):
        raise UsageFailed(
            f"{name}: the preset {preset.fixed[name]} fixes it to {preset.answers[name]}."
        )


def _read(question: Question, answer: Any) -> Any:
    """Return an answer as Copier reads it, to which a list may come as text."""
    if question.yes_or_no:
        return str(answer).lower() in YES
    if question.many and isinstance(answer, str):
        with suppress(yaml.YAMLError, ValueError):  # which Copier will refuse
            return yaml.safe_load(answer)
    return answer


def _demand_kind(question: Question, answer: Any) -> None:
    """Check that an answer is what its question asks for; what is in a list, Copier checks."""
    if question.yes_or_no:
        demand_yes_or_no(question, answer)
    elif not question.many and not isinstance(answer, str):
        raise TemplateFailed(
            f"{question.name}: {answer} is not text, as YAML reads it. Put it into quotes."
        )
    elif other := not_choices(question, answer):
        there = ", ".join(question.choices)
        raise TemplateFailed(f"{question.name}: {other[0]} is not a choice. There are: {there}.")


def demand_yes_or_no(question: Question, answer: Any) -> None:
    """Check an answer that Copier would take for yes, whatever it says.

    Raises:
        TemplateFailed: It is neither.
    """
    if str(answer).lower() not in YES | NO:
        raise TemplateFailed(f"{question.name}: {answer} is neither yes nor no.")


def not_choices(question: Question, answer: Any) -> list[Any]:
    """Return what of an answer is not among the choices of its question."""
    if not question.choices or (question.many and not isinstance(answer, list)):
        return []
    chosen = answer if isinstance(answer, list) else [answer]
    return [one for one in chosen if one not in question.choices]
