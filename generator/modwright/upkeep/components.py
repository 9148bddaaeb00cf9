"""What can be added to a project later, and removed: each is an answer to a question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from modwright.errors import UsageFailed
from modwright.scaffold.answers import combine
from modwright.scaffold.questions import Question
from modwright.upkeep.change import Change, prepare_change, recorded
from modwright.upkeep.merging import Fate
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Template, Workbench
from modwright.upkeep.trees import Checkout

KINDS = ("subpackage", "module", "external", "extension", "frozen", "docs", "ci")
NOTHING = "none"  # the choice of a question that takes one thing or nothing


def prepare_adding(
    checkout: Checkout, workbench: Workbench, kind: str, names: Sequence[str]
) -> Change | None:
    """Work out what the template adds to a project for some components.

    Raises:
        UsageFailed: A name is wrong for this kind, or is there already.
    """
    record, template, question = _asked(checkout, workbench, kind, names)
    answer = _with(question, record.answers.get(question.name), names)
    title = f"Add {_title(kind, names)}"
    return _prepare(checkout, workbench, title, template, record, {question.name: answer})


def prepare_removing(
    checkout: Checkout,
    workbench: Workbench,
    kind: str,
    names: Sequence[str],
    *,
    spares_changed: bool,
) -> Change | None:
    """Work out what remains of a project without some components.

    Args:
        checkout: The project.
        workbench: Where templates are rendered.
        kind: One of `KINDS`.
        names: Of the components.
        spares_changed: Whether files stay that the project has changed.

    Raises:
        UsageFailed: A name is wrong for this kind, or is not there.
    """
    record, template, question = _asked(checkout, workbench, kind, names)
    answer = _without(question, record.answers.get(question.name), names)
    title = f"Remove {_title(kind, names)}"
    return _prepare(
        checkout,
        workbench,
        title,
        template,
        record,
        {question.name: answer},
        unmade="stays" if spares_changed else "goes",
    )


def _asked(
    checkout: Checkout, workbench: Workbench, kind: str, names: Sequence[str]
) -> tuple[Record, Template, Question]:
    """Return the question that a kind of component is an answer to, and whose it is."""
    if kind not in KINDS:
        raise UsageFailed(f"There is no kind {kind}. Kinds are {', '.join(KINDS)}.")
    record, dirt = recorded(checkout)
    if dirt:
        raise UsageFailed("The answers file names another version: run `modwright update` first.")
    history = workbench.history(record.url, [record.commit])
    template = workbench.template(history, history.get(record.commit))
    questions = {question.option.removeprefix("--"): question for question in template.questions}
    if kind not in questions:
        raise UsageFailed(
            f"The version {record.commit} of the template knows no {kind}."
            " Run `modwright update` first."
        )
    question = questions[kind]
    if question.yes_or_no == bool(names):
        wanted = "no NAME" if question.yes_or_no else "a NAME"
        raise UsageFailed(f"{kind} takes {wanted}.")
    if not question.many and len(names) > 1:
        raise UsageFailed(f"A project has one {kind} at most.")
    for name in names:
        if question.choices and (name not in question.choices or name == NOTHING):
            choices = [choice for choice in question.choices if choice != NOTHING]
            raise UsageFailed(f"{kind} {name}: there are {', '.join(choices)}.")
    return record, template, question


def _prepare(
    checkout: Checkout,
    workbench: Workbench,
    title: str,
    template: Template,
    record: Record,
    answer: Mapping[str, Any],
    *,
    unmade: Fate = "asked",
) -> Change | None:
    [name] = answer
    if name in record.fixed:
        raise UsageFailed(f"{name}: the preset {record.preset} fixes it to {record.fixed[name]}.")
    combine(template.questions, answer)
    wanted = replace(record, answers={**record.answers, **answer})
    sides = (template, record), (template, wanted)
    return prepare_change(checkout, workbench, title, *sides, unmade=unmade)


def _with(question: Question, answer: Any, names: Sequence[str]) -> Any:
    kind = question.option.removeprefix("--")
    if question.many:
        there = list(answer or ())
        if known := [name for name in names if name in there]:
            raise UsageFailed(f"The project has the {kind} {known[0]} already.")
        return [*there, *dict.fromkeys(names)]
    if question.yes_or_no:
        if answer:
            raise UsageFailed(f"The project has {kind} already.")
        return True
    if answer not in {None, NOTHING}:
        raise UsageFailed(
            f"The project has the {kind} {answer} already."
            f" Run `modwright remove {kind} {answer}` first."
        )
    return names[0]


def _without(question: Question, answer: Any, names: Sequence[str]) -> Any:
    kind = question.option.removeprefix("--")
    if question.many:
        there = list(answer or ())
        if unknown := [name for name in names if name not in there]:
            known = f"It has {', '.join(there)}." if there else "It has none."
            raise UsageFailed(f"The project has no {kind} {unknown[0]}. {known}")
        return [name for name in there if name not in names]
    if question.yes_or_no:
        if not answer:
            raise UsageFailed(f"The project has no {kind}.")
        return False
    if answer != names[0]:
        raise UsageFailed(f"The project has no {kind} {names[0]}. It has {answer or NOTHING}.")
    return NOTHING


def _title(kind: str, names: Sequence[str]) -> str:
    return " ".join([kind, ", ".join(dict.fromkeys(names))]).strip()
