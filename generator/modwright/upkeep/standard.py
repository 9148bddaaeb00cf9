"""What a team's preset says today, for a project that was made with it once."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from modwright.errors import UsageFailed
from modwright.scaffold.answers import answers_of
from modwright.scaffold.presets import Preset, recorded_preset
from modwright.scaffold.repositories import parse_address
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Template, Workbench


@dataclass(frozen=True)
class Standard:
    """The preset of a project.

    Args:
        before: As it was recorded; empty where nobody knows that any more.
        newest: As it is now.
    """

    before: Preset
    newest: Preset

    def template(self) -> tuple[str, str | None] | None:
        """Return the repository that the preset wants the template from, perhaps with a version."""
        address = parse_address(self.newest.template or "")
        return (address.url, address.version) if address else None

    def follow(self, record: Record, template: Template) -> tuple[Record, list[str]]:
        """Return a record as the preset wants it today, and what becomes different.

        What the preset fixes is taken. Of its other answers those are taken that it has changed,
        where the project still has what the preset said before.

        Args:
            record: Of the project.
            template: That the project shall have.
        """
        asked = {question.name for question in template.questions}
        known = {name: answer for name, answer in self.newest.answers.items() if name in asked}
        answers_of(replace(self.newest, answers=known), template.questions)
        changed = dict(self._changed(record, asked))
        rest = {key: told for key, told in record.standard.items() if not key.startswith("preset")}
        followed = replace(
            record,
            answers={**record.answers, **changed},
            standard={**self.newest.recorded, **rest},
        )
        return followed, list(self._told(record, asked, changed))

    def _told(self, record: Record, asked: set[str], changed: dict[str, Any]) -> Iterator[str]:
        yield f"the preset is newer: {self.newest.source}, {self.newest.version}"
        for name in self.newest.answers:
            if name not in asked:
                yield f"{name}: answered by the preset, and the template does not ask it"
        for name, answer in changed.items():
            had, why = record.answers.get(name), "fixes" if name in self.newest.fixed else "changed"
            yield f"{name}: {had!r} becomes {answer!r}, for the preset {why} it"

    def _changed(self, record: Record, asked: set[str]) -> Iterator[tuple[str, Any]]:
        before, newest = self.before.answers, self.newest
        for name, answer in newest.answers.items():
            had = record.answers.get(name)
            was_the_presets = name in before and before[name] == had
            if name in asked and answer != had and (name in newest.fixed or was_the_presets):
                yield name, answer


def newer_standard(record: Record, workbench: Workbench, project: Path) -> Standard | None:
    """Return the preset of a project where it has changed since it was recorded.

    None also where it cannot be had; then a warning says so.

    Args:
        record: Of the project.
        workbench: Which knows presets.
        project: The project's folder.
    """
    if record.preset is None:
        return None
    version = str(record.standard.get("preset_version"))
    try:
        newest = workbench.newest_preset(record.preset, project)
        if newest.version == version:
            return None
        before = recorded_preset(record.preset, version, workbench.source.root, project)
    except UsageFailed as error:
        warnings.warn(f"The preset is taken as it was recorded: {error}", stacklevel=2)
        return None
    return Standard(before or Preset(), newest)
