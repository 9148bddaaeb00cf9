"""What a killed run has left half-way is put back to the last byte, or not touched."""

import json
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.scaffold.destination import staging
from modwright.scaffold.merge import take_back_if_killed
from tests.conftest import KilledRun, Tree, WriteFiles

THEIRS = {"README.md": "mine", "src/code.py": "mine", "src/theirs.py": "mine"}


def yes(_told: str) -> bool:
    return True


def no(_told: str) -> bool:
    return False


@pytest.mark.parametrize("renamings", range(1, 6))
def test_a_person_who_agrees_has_everything_back(
    renamings: int, tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    before = tree(write_files(tmp_path, THEIRS))
    killed_run(tmp_path, renamings)
    told: list[str] = []

    def agree(said: str) -> bool:
        told.append(said)
        return True

    take_back_if_killed(tmp_path, agree)
    assert tree(tmp_path) == before
    assert len(told) == (renamings > 1)  # before, nothing was replaced


def test_a_person_who_does_not_agree_is_told_what_lies_where_and_nothing_is_touched(
    tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    write_files(tmp_path, THEIRS)
    killed_run(tmp_path, 4)
    before = tree(tmp_path)
    with pytest.raises(UsageFailed) as caught:
        take_back_if_killed(tmp_path, no)
    assert f"{tmp_path / '.modwright-stage' / 'replaced'}. To put them" in str(caught.value)
    assert f"modwright new {tmp_path}" in str(caught.value)
    assert tree(tmp_path) == before


def test_nobody_is_asked_when_nothing_was_replaced(
    tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    before = tree(write_files(tmp_path, {"docs/theirs.md": "mine"}))
    killed_run(tmp_path, 3)
    assert (tmp_path / "src" / "code.py").exists()
    take_back_if_killed(tmp_path, no)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "renamings"), [("README.md", 3), ("README.md", 2), ("src/code.py", 5)]
)
def test_what_a_person_has_written_since_is_not_overwritten(
    name: str,
    renamings: int,
    tmp_path: Path,
    write_files: WriteFiles,
    tree: Tree,
    killed_run: KilledRun,
) -> None:
    write_files(tmp_path, THEIRS)
    killed_run(tmp_path, renamings)
    (tmp_path / name).write_text("written since", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match=f"{name}: changed in the meantime"):
        take_back_if_killed(tmp_path, yes)
    assert tree(tmp_path) == before


def test_what_a_person_has_added_or_deleted_since_stays_so(
    tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    before = tree(write_files(tmp_path, {"README.md": "mine"}))
    killed_run(tmp_path, 4)
    (tmp_path / "src" / "code.py").unlink()
    (tmp_path / "src" / "added.py").write_text("mine", encoding="utf-8")
    take_back_if_killed(tmp_path, yes)
    assert tree(tmp_path) == before | {"src": None, "src/added.py": b"mine"}


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "[" * 100_000,
        '{"files": 5, "folders": []}',
        json.dumps({"files": {"../README.md": [0, 0]}, "folders": []}),
        json.dumps({"files": {}, "folders": ["/src"]}),
    ],
    ids=["empty", "deep", "wrong", "up", "absolute"],
)
def test_a_journal_of_somebody_else_is_refused_in_one_line(
    journal: str, tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    killed_run(write_files(tmp_path / "there", THEIRS), 3)
    (tmp_path / "there" / ".modwright-stage" / "journal.json").write_text(journal, "utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match="cannot be put back"):
        take_back_if_killed(tmp_path / "there", yes)
    assert tree(tmp_path) == before


def test_a_run_does_not_begin_over_what_is_half_way(
    tmp_path: Path, write_files: WriteFiles, tree: Tree, killed_run: KilledRun
) -> None:
    write_files(tmp_path, THEIRS)
    killed_run(tmp_path, 3)
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match="half-written"), staging(tmp_path):
        pass
    assert tree(tmp_path) == before
