"""A project of any commit since the first becomes what the newest makes, and keeps its edits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from modwright.scaffold.create import render
from modwright.scaffold.source import Source, find_source
from modwright.upkeep import operation
from modwright.upkeep.history import History, open_history
from modwright.upkeep.record import ANSWERS_FILE, with_origin
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.trees import checkout
from modwright.upkeep.update import prepare_update
from tests.upkeep.conftest import git

REPOSITORY = Path(__file__).parents[2]
PRESETS = sorted(file.stem for file in (REPOSITORY / "presets").glob("*.yml"))
MINE = "this line is mine"
WRITTEN_ONCE = {"CHANGELOG.md"}

pytestmark = pytest.mark.release


def _commits() -> list[str]:
    """Return the commits that have changed the template, the first one first."""
    if not (REPOSITORY / ".git").exists():
        return []
    asked = (
        "log",
        "--format=%H",
        "--reverse",
        "--first-parent",
        "--",
        "template",
        "copier.yml",
        "includes",
    )
    return git(REPOSITORY, *asked).split()


@pytest.fixture(scope="module")
def history() -> Iterator[History]:
    """The history of this clone."""
    source = find_source()
    with open_history(source.url, [], source) as history:
        yield history


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("commit", _commits())
def test_a_project_of_any_commit_becomes_what_the_newest_makes(
    commit: str, preset: str, history: History, tmp_path: Path
) -> None:
    source = find_source()
    version = history.get(commit)
    old = tmp_path / "old"
    replace(history, parts=(*history.parts, "presets")).export(version, old)
    if not (old / "template").is_dir() or not (old / "presets" / f"{preset}.yml").exists():
        pytest.skip(f"there was no template yet, or no preset {preset}")
    project = tmp_path / "hello"
    answers = yaml.safe_load((old / "presets" / f"{preset}.yml").read_text("utf-8")) or {}
    render(Source(old, source.url, version), project, answers, ask=False)
    file = project / ANSWERS_FILE
    file.write_text(with_origin(file.read_text("utf-8"), source.url, commit, {}), "utf-8")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=Start")
    git(project, "checkout", "--quiet", "-b", "edited")
    edited = [path for path in project.rglob("*.py") if path.read_bytes()]
    for path in edited:
        path.write_text(f"{path.read_text('utf-8')}# {MINE}\n", "utf-8")
    git(project, "commit", "--quiet", "--all", "--message=Edit")

    there = checkout(project)
    with Workbench(source) as workbench:
        with_edits = prepare_update(there, workbench, None, {})
        git(project, "checkout", "--quiet", "main")
        update = prepare_update(there, workbench, None, {})

    if update is None or with_edits is None:
        assert commit == history.newest.commit
        return
    assert not update.clashes
    fresh = tmp_path / "fresh"
    history.export(history.newest, tmp_path / "new")
    answers = _answers(there.content(f"{update.trees[1]}:{ANSWERS_FILE}"))
    render(Source(tmp_path / "new", source.url, source.version), fresh, answers, ask=False)
    differs = git(project, "diff", "--name-only", there.tree_of(fresh), update.trees[1]).split()
    assert [name for name in differs if name not in WRITTEN_ONCE] == []
    operation.begin(there, update.operation)
    kept = sum(
        there.content(blob.split()[1]).count(MINE.encode())
        for blob in there.files(with_edits.trees[1]).values()
    )
    assert kept == len(edited)


def _answers(text: bytes) -> dict[str, object]:
    content = yaml.safe_load(text)
    return {key: value for key, value in content.items() if not key.startswith("_")}
