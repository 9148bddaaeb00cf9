"""A project remembers where it came from, in words that `copier update` and Renovate understand."""

from pathlib import Path
from typing import Any

import yaml

from modwright.scaffold.create import create_project
from modwright.scaffold.source import Source
from modwright.scaffold.version import Version
from tests.template.conftest import Render

URL = "https://example.org/template.git"


def remembered(project: Path) -> dict[str, Any]:
    stored: dict[str, Any] = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
    return {key: value for key, value in stored.items() if key.startswith("_")}


def test_a_release_records_the_public_repository_and_its_tag(
    template: Path, tmp_path: Path
) -> None:
    project = tmp_path / "hello"
    create_project(
        Source(template, URL, Version("1" * 40, "v1.2.3", changed=False)),
        project,
        {},
        ask=False,
        force=False,
    )
    assert remembered(project) == {"_src_path": URL, "_commit": "v1.2.3"}


def test_a_commit_without_a_tag_is_recorded_by_its_whole_hash(
    template: Path, tmp_path: Path
) -> None:
    project = tmp_path / "hello"
    source = Source(template, URL, Version("1" * 40, None, changed=True))
    create_project(source, project, {}, ask=False, force=False)
    assert remembered(project) == {"_src_path": URL, "_commit": "1" * 40}


def test_where_nobody_knows_the_version_none_is_recorded(template: Path, tmp_path: Path) -> None:
    project = tmp_path / "hello"
    create_project(Source(template, URL, None), project, {}, ask=False, force=False)
    assert remembered(project) == {"_src_path": URL}


def test_the_preset_that_was_not_ours_is_recorded_and_changes_nothing_else(
    template: Path, tmp_path: Path
) -> None:
    source = Source(template, URL, Version("1" * 40, "v1.2.3", changed=False))
    preset = {"preset": "../team.yml", "preset_version": "sha256:" + "0" * 64}
    texts = []
    for number, recorded in enumerate(({}, preset)):
        project = tmp_path / str(number) / "hello"
        create_project(source, project, recorded, ask=False, force=False)
        texts.append((project / ".copier-answers.yml").read_text("utf-8"))
    lines = [f"{key}: {value}" for key, value in preset.items()]
    without = [line for line in texts[1].splitlines() if line not in lines]
    assert without == texts[0].splitlines()
    assert len(without) == len(texts[1].splitlines()) - 2


def test_copier_alone_records_what_it_copied_from(render: Render, template: Path) -> None:
    assert remembered(render({})) == {"_src_path": str(template)}
