"""Where a project stands: its version, what differs in it, what an update would meet."""

from dataclasses import dataclass, replace
from pathlib import Path

from modwright.errors import Failed, Interrupted, UsageFailed, in_words
from modwright.git import git
from modwright.upkeep.change import recorded
from modwright.upkeep.drift import find_drift
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.trees import checkout as checkout_of
from modwright.upkeep.update import prepare_update


@dataclass(frozen=True)
class Status:
    """Where a project stands.

    Args:
        project: Its folder, as it was named.
        version: The version of the template that it records.
        is_release: Whether that is a tag. Renovate skips what is not.
        newest: The newest that is known; None where the template cannot be had.
        behind: Whether that is a later one.
        preset: The team's preset that it was made with.
        preset_is_newer: Whether that has changed since; None where it cannot be had.
        drift: What the team's standard does not allow: files that must not differ, and answers
            that are not as the preset fixes them; each in words.
        changed: The other files that differ from what the template makes.
        intended: Files that differ on purpose, as the project says.
        committed: Whether everything is committed; what git does not know counts.
        conflicts: Places that an update would leave to a person.
        problem: Why nothing more is known.
    """

    project: str
    version: str | None = None
    is_release: bool = False
    newest: str | None = None
    behind: bool = False
    preset: str | None = None
    preset_is_newer: bool | None = None
    drift: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    committed: bool | None = None
    conflicts: tuple[str, ...] = ()
    problem: str | None = None


def find_status(project: Path, workbench: Workbench) -> Status:
    """Find out where a project stands; what cannot be found out is told in the status itself."""
    status = Status(str(project))
    try:
        checkout = checkout_of(project)
        record, _ = recorded(checkout)
        status = replace(
            status,
            version=record.commit,
            preset=record.preset,
            committed=not git(checkout.project, "status", "--porcelain", "--", "."),
        )
        history = workbench.history(record.url, [record.commit])
        version, newest = history.get(record.commit), history.newest
        status = replace(status, is_release=record.commit == version.tag)
        behind = version.commit != newest.commit and not history.is_older(newest, than=version)
        status = replace(status, newest=newest.name, behind=behind)
        template = workbench.template(history, version)
        status = replace(status, preset_is_newer=_preset_is_newer(record, workbench, project))
        drift = find_drift(checkout, workbench, template, record)
        against = [one for one in drift.unintended if one.breaks_a_rule]
        status = replace(
            status,
            drift=(*drift.answers, *(f"{one.path}: {one.state}" for one in against)),
            changed=tuple(one.path for one in drift.unintended if one not in against),
            intended=tuple(one.path for one in drift.intended),
        )
        if not behind or not drift.departures:  # what is as the template made it has no conflicts
            return status
        update = prepare_update(checkout, workbench, newest.name, {})
        clashes = update.clashes if update else ()
        return replace(status, conflicts=tuple(clash.file for clash in clashes))
    except Interrupted:
        raise
    except Failed as error:
        return replace(status, problem=str(error))
    except OSError as error:
        return replace(status, problem=in_words(error))


def _preset_is_newer(record: Record, workbench: Workbench, project: Path) -> bool | None:
    if record.preset is None:
        return False
    try:
        newest = workbench.newest_preset(record.preset, project.resolve())
    except UsageFailed:
        return None
    return newest.version != record.standard.get("preset_version")
