"""The stage: of one run at a time, and of nobody else's files."""

import os
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.scaffold.destination import staging
from modwright.scaffold.stage import stage_beside, stage_for
from tests.conftest import Tree, WriteFiles


def test_what_a_killed_run_left_before_the_folder_was_there_is_removed(
    tmp_path: Path, write_files: WriteFiles
) -> None:
    write_files(stage_beside(tmp_path / "new").folder, {"project/new/README.md": "", "lock": ""})
    (tmp_path / "new").mkdir()
    with staging(tmp_path / "new") as stage:
        assert stage.folder.parent == tmp_path / "new"
    assert [path.name for path in tmp_path.rglob("*")] == ["new"]


def test_the_stage_of_a_folder_is_not_that_of_another_folder_in_it(tmp_path: Path) -> None:
    assert stage_for(tmp_path).folder != stage_for(tmp_path / "stage").folder


def test_what_is_not_ours_in_a_stage_stays(tmp_path: Path, write_files: WriteFiles) -> None:
    write_files(stage_for(tmp_path).folder, {"theirs.txt": "", "replaced/README.md": ""})
    with staging(tmp_path):
        pass
    assert [path.name for path in stage_for(tmp_path).folder.iterdir()] == ["theirs.txt"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_has_the_stages_name_and_is_none_is_left_alone(
    kind: str, tmp_path: Path, write_files: WriteFiles, tree: Tree
) -> None:
    write_files(tmp_path, {"outside/replaced/README.md": "", "there/src/code.py": ""})
    stage = stage_for(tmp_path / "there").folder
    if kind == "file":
        stage.touch()
    else:
        stage.symlink_to("../outside")
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match="is in the way"), staging(tmp_path / "there"):
        pass
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_the_stage_of_another_person_is_left_alone(
    tmp_path: Path, write_files: WriteFiles, tree: Tree
) -> None:
    write_files(stage_for(tmp_path).folder, {"journal.json": "{}", "project/x": ""})
    os.chown(stage_for(tmp_path).folder, 1, 1)
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match="is in the way"), staging(tmp_path):
        pass
    assert tree(tmp_path) == before
