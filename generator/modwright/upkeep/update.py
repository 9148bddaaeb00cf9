"""A newer version of the template, merged into a project."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from modwright.errors import UsageFailed
from modwright.scaffold.answers import combine
from modwright.upkeep.change import Change, prepare_change, recorded
from modwright.upkeep.record import Record, parse_record
from modwright.upkeep.rendering import Workshop, kept_answers
from modwright.upkeep.trees import Checkout


def prepare_update(
    checkout: Checkout, workshop: Workshop, to: str | None, answers: Mapping[str, Any]
) -> Change | None:
    """Work out an update; the project stays as it is. None when there is nothing to do.

    Args:
        checkout: The project.
        workshop: Where templates are rendered.
        to: The version to update to; None for the newest that is known without a network, or the
            one that Renovate has written into the answers file.
        answers: To questions, in place of the recorded ones.
    """
    record, dirt = recorded(checkout)
    to = to or (dirt and parse_record(dirt).commit)
    history = workshop.history(record.url, [record.commit, *([to] if to else [])])
    before = history.get(record.commit)
    after = history.get(to) if to else history.newest
    if before.commit == after.commit and not answers:
        return None
    if not to and history.is_older(after, than=before):
        raise UsageFailed(
            f"The project has the version {before.name}, which is newer than {after.name} of"
            " this modwright. Update modwright, or name a version with --to."
        )
    old, new = (workshop.template(history, version) for version in (before, after))
    kept = kept_answers(record, new)
    given = combine(new.questions, answers)
    wanted = replace(record, commit=after.name, answers={**kept, **given})
    title = f"Update the template to {after.name}"
    change = prepare_change(checkout, workshop, title, (old, record), (new, wanted), dirt=dirt)
    if change is None:
        return None
    answered = workshop.render(checkout, new, wanted).answers
    return replace(change, notes=(*_told(record, answered, kept), *change.notes))


def _told(record: Record, answered: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be said of questions that have come and gone."""
    for name in answered:
        if name not in kept:
            yield f"new question {name}: {answered[name]!r}"
    for name in record.answers:
        if name not in kept:
            yield f"the question {name} is gone"
