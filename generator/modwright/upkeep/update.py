"""A newer version of the template, or of a team's preset, merged into a project."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from modwright.errors import TemplateFailed, UsageFailed
from modwright.scaffold.answers import combine, demand_yes_or_no, not_choices
from modwright.scaffold.questions import Question
from modwright.upkeep.change import Change, prepare_change, recorded
from modwright.upkeep.record import Record, parse_record
from modwright.upkeep.rendering import Template, Workbench, kept_answers
from modwright.upkeep.standard import Standard, newer_standard
from modwright.upkeep.trees import Checkout

Ask = Callable[[Question, Any], Any]


def prepare_update(
    checkout: Checkout,
    workbench: Workbench,
    to: str | None,
    answers: Mapping[str, Any],
    ask: Ask | None = None,
) -> Change | None:
    """Work out an update; the project stays as it is. None when there is nothing to do.

    Args:
        checkout: The project.
        workbench: Where templates are rendered.
        to: The version to update to; None for the newest that is known without a network, or the
            one that Renovate has written into the answers file.
        answers: To questions, in place of the recorded ones.
        ask: Asks a person again whose answer is no longer a choice; None without a terminal.
    """
    record, dirt = recorded(checkout)
    to = to or (dirt and parse_record(dirt).commit)
    standard = newer_standard(record, workbench, checkout.project)
    old, new = _templates(workbench, record, standard, to)
    if old.is_same(new) and not answers and not standard:
        return None
    followed, notes = standard.follow(record, new) if standard else (record, [])
    kept = kept_answers(followed, new)
    given = {**dict(_asked_anew(new, kept, answers, ask)), **combine(new.questions, answers)}
    _demand_kept(followed, given)
    wanted = replace(followed, commit=new.version.name, answers={**kept, **given})
    title = f"Update the template to {new.version.name}"
    if old.is_same(new):
        title = "Follow the preset" if standard else "Answer anew"
    try:
        for question in new.questions:
            if question.yes_or_no and question.name in wanted.answers:
                demand_yes_or_no(question, wanted.answers[question.name])
        answered = workbench.render(checkout, new, wanted).answers
    except TemplateFailed as error:
        said = str(error).rstrip(".")
        raise TemplateFailed(f"{said}. Answer a question anew with --data KEY=VALUE.") from None
    change = prepare_change(checkout, workbench, title, (old, record), (new, wanted), dirt=dirt)
    if change is None:
        return None
    return replace(change, notes=(*notes, *_told(record, answered, kept), *change.notes))


def _templates(
    workbench: Workbench, record: Record, standard: Standard | None, to: str | None
) -> tuple[Template, Template]:
    """Return the template that a project has, and the one that it shall have.

    Raises:
        UsageFailed: The project's is newer than any that is known.
    """
    url, version = (standard and standard.template()) or (record.url, None)
    to = to or version
    here = [to] if to and url == record.url else []
    history = workbench.history(record.url, [record.commit, *here])
    before = history.get(record.commit)
    later = history if url == record.url else workbench.history(url, [to] if to else [])
    after = later.get(to) if to else later.newest
    if not to and history is later and history.is_older(after, than=before):
        raise UsageFailed(
            f"The project has the version {before.name}, which is newer than {after.name} of"
            " this modwright. Update modwright, or name a version with --to."
        )
    return workbench.template(history, before), workbench.template(later, after)


def _asked_anew(
    new: Template, kept: Mapping[str, Any], answers: Mapping[str, Any], ask: Ask | None
) -> Iterator[tuple[str, Any]]:
    """Yield new answers to the questions whose old answer is no longer a choice."""
    for question in new.questions:
        answer = kept.get(question.name)
        dropped = answer is not None and not_choices(question, answer)
        if ask and dropped and question.name not in answers:
            yield question.name, ask(question, answer)


def _demand_kept(record: Record, answers: Mapping[str, Any]) -> None:
    for name, answer in answers.items():
        if name in record.fixed and str(answer) != str(record.fixed[name]):
            raise UsageFailed(
                f"{name}: the preset {record.preset} fixes it to {record.fixed[name]}."
            )


def _told(record: Record, answered: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be said of questions that have come and gone."""
    for name in answered:
        if name not in kept:
            yield f"new question {name}: {answered[name]!r}"
    for name in record.answers:
        if name not in kept:
            yield f"the question {name} is gone"
