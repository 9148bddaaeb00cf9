"""What a team's preset says today, for a project that was made with it once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from modwright.scaffold.presets import Preset, recorded_preset
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Template, Workshop


@dataclass(frozen=True)
class Standard:
    """A record that follows its preset.

    Args:
        record: With the answers and rules of the newest preset.
        notes: What has become different, and why.
    """

    record: Record
    notes: tuple[str, ...] = ()

    @property
    def is_newer(self) -> bool:
        """Whether the preset has changed since it was recorded."""
        return bool(self.notes)


def followed(record: Record, workshop: Workshop, template: Template, project: Path) -> Standard:
    """Return a record as its preset wants it today; without a preset, as it is.

    What the preset fixes is taken. Of its other answers those are taken that it has changed, where
    the project still has what the preset said before.

    Args:
        record: Of a project.
        workshop: Which knows presets.
        template: That the project shall have.
        project: The project's folder.

    Raises:
        UsageFailed: The preset cannot be had.
    """
    if record.preset is None:
        return Standard(record)
    newest = workshop.newest_preset(record.preset, project)
    version = str(record.standard.get("preset_version"))
    if newest.version == version:
        return Standard(record)
    before = recorded_preset(record.preset, version, workshop.source.root, project) or Preset()
    asked = {question.name for question in template.questions}
    changed = dict(_changed(record, newest, before, asked))
    rest = {key: value for key, value in record.standard.items() if not key.startswith("preset")}
    notes = [f"the preset {record.preset} is newer: {newest.source}, {newest.version}"]
    for name, answer in changed.items():
        why = "fixes" if name in newest.fixed else "has changed"
        notes.append(
            f"{name}: {record.answers.get(name)!r} becomes {answer!r}; the preset {why} it"
        )
    answers = {**record.answers, **changed}
    return Standard(
        replace(record, answers=answers, standard={**newest.recorded, **rest}), tuple(notes)
    )


def _changed(
    record: Record, newest: Preset, before: Preset, asked: set[str]
) -> Iterator[tuple[str, Any]]:
    for name, answer in newest.answers.items():
        had = record.answers.get(name)
        was_the_presets = name in before.answers and before.answers[name] == had
        if name in asked and answer != had and (name in newest.fixed or was_the_presets):
            yield name, answer
