"""The destination: looked at before, filled in one step, or left as it was."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright.scaffold.destination import demand_usable, put_in_place, staging
from tests.conftest import ReadOnly, Tree, WriteFiles

Arrive = Callable[[dict[str, str], Path], None]

# Few names, so that files and folders of two trees meet each other often.
PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
TREES = st.dictionaries(PATHS, st.sampled_from([None, b"", b"1", b"2"]), max_size=6)
IN_THE_WAY = [{"docs": b"a file"}, {"README.md": None}, {"docs": None, "z.txt": None}]
PROJECT = {"README.md": "new", "docs/index.md": "new", "src/deep/code.py": "new", "z.txt": "new"}


def grow(folder: Path, plan: dict[str, bytes | None]) -> None:
    """Make the tree, as far as no file stands where a folder would have to."""
    for name, content in plan.items():
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                (folder / name).mkdir(exist_ok=True)
            else:
                (folder / name).write_bytes(content)
        except OSError:
            continue


@pytest.fixture
def arrive(write_files: WriteFiles) -> Arrive:
    """Let a project of some files arrive at a destination."""

    def arrive(files: dict[str, str], destination: Path) -> None:
        with staging(destination) as stage:
            write_files(stage.project, files)
            put_in_place(stage, destination)

    return arrive


def test_a_folder_that_is_not_there_is_usable(tmp_path: Path) -> None:
    demand_usable(tmp_path / "deep" / "down", force=False)


def test_an_empty_folder_and_a_fresh_clone_are_usable(tmp_path: Path) -> None:
    demand_usable(tmp_path, force=False)
    (tmp_path / ".git").mkdir()
    demand_usable(tmp_path, force=False)


@pytest.mark.parametrize("name", ["README.md", ".env", ".gitignore"])
def test_a_folder_with_a_file_is_usable_by_force_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    with pytest.raises(UsageFailed, match="--force"):
        demand_usable(tmp_path, force=False)
    demand_usable(tmp_path, force=True)


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("place", ["file", "file/below", "dangling", "dangling/below"])
def test_a_file_is_not_a_destination_and_holds_none(
    place: str, force: bool, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(UsageFailed, match="is a file, not a folder"):
        demand_usable(tmp_path / place, force=force)


def test_a_staging_folder_is_gone_afterwards_whatever_happens(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), staging(tmp_path / "deep" / "down" / "new") as stage:
        assert stage.project.name == "new"
        stage.project.mkdir()
        grow(stage.project, {"file": b""})
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_left_alone(
    tmp_path: Path, read_only: ReadOnly
) -> None:
    (tmp_path / "fixed").mkdir()
    with (
        read_only(tmp_path / "fixed"),
        pytest.raises(UsageFailed, match="Cannot write to"),
        staging(tmp_path / "fixed" / "new"),
    ):
        pass
    assert list((tmp_path / "fixed").iterdir()) == []


def test_a_project_arrives_whole_in_a_folder_that_was_not_there(
    tmp_path: Path, arrive: Arrive, tree: Tree
) -> None:
    destination = tmp_path / "deep" / "down" / "new"
    arrive(PROJECT, destination)
    written = {name: content.encode() for name, content in PROJECT.items()}
    assert tree(destination) == written | {"docs": None, "src": None, "src/deep": None}
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]


def test_what_the_project_does_not_write_stays(
    tmp_path: Path, write_files: WriteFiles, arrive: Arrive, tree: Tree
) -> None:
    write_files(tmp_path, {"README.md": "old", "docs/theirs.md": "old", ".env": "old"})
    arrive(PROJECT, tmp_path)
    written = {name: content.encode() for name, content in PROJECT.items()}
    kept = {"docs/theirs.md": b"old", ".env": b"old"}
    folders = {"docs": None, "src": None, "src/deep": None}
    assert tree(tmp_path) == written | kept | folders


@pytest.mark.parametrize("theirs", IN_THE_WAY, ids=str)
def test_a_name_in_the_way_restores_everything(
    theirs: dict[str, bytes | None], tmp_path: Path, arrive: Arrive, tree: Tree
) -> None:
    grow(tmp_path, {"a.txt": b"old", "src": None, **theirs})
    before = tree(tmp_path)
    with pytest.raises(UsageFailed, match="Cannot write to"):
        arrive(PROJECT | {"a.txt": "new"}, tmp_path)
    assert tree(tmp_path) == before


@settings(deadline=None, max_examples=60)
@given(theirs=TREES, ours=TREES)
def test_a_merge_does_all_of_its_work_or_none(
    theirs: dict[str, bytes | None], ours: dict[str, bytes | None], tree: Tree
) -> None:
    with TemporaryDirectory() as folder:
        destination = Path(folder, "there")
        destination.mkdir()
        grow(destination, theirs)
        before = tree(destination)
        with staging(destination) as stage:
            stage.project.mkdir()
            grow(stage.project, ours)
            written = {n: text for n, text in tree(stage.project).items() if text is not None}
            parents = {p.as_posix(): None for n in written for p in Path(n).parents[:-1]}
            try:
                put_in_place(stage, destination)
            except UsageFailed:
                expected = before
            else:
                expected = {**before, **parents, **written}
        assert tree(destination) == expected


@pytest.mark.parametrize("existing", [True, False], ids=["in a folder", "in none"])
def test_who_comes_second_is_turned_away_until_the_first_is_done(
    existing: bool, tmp_path: Path, write_files: WriteFiles, tree: Tree
) -> None:
    destination = tmp_path / "new"
    if existing:
        destination.mkdir()
    with staging(destination) as first:
        expected = tree(write_files(first.project, PROJECT))
        with pytest.raises(UsageFailed, match="Another modwright is at work"), staging(destination):
            pass
        put_in_place(first, destination)
    assert tree(destination) == expected
    with staging(destination):
        pass
    assert tree(tmp_path) == {"new": None} | {f"new/{name}": expected[name] for name in expected}


def test_who_is_faster_than_we_keeps_what_is_there(
    tmp_path: Path, write_files: WriteFiles, tree: Tree
) -> None:
    with staging(tmp_path / "new") as stage:
        write_files(stage.project, PROJECT)
        write_files(tmp_path / "new", {"README.md": "theirs"})
        with pytest.raises(UsageFailed, match="Cannot write to"):
            put_in_place(stage, tmp_path / "new")
    assert tree(tmp_path) == {"new": None, "new/README.md": b"theirs"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")
def test_a_file_that_is_put_back_keeps_its_mode_and_time(
    tmp_path: Path, write_files: WriteFiles, arrive: Arrive
) -> None:
    write_files(tmp_path, {"README.md": "old", "z.txt/theirs": ""})
    (tmp_path / "README.md").chmod(0o750)
    os.utime(tmp_path / "README.md", (1, 1))
    with pytest.raises(UsageFailed):
        arrive(PROJECT, tmp_path)
    restored = (tmp_path / "README.md").stat()
    assert (restored.st_mode & 0o777, restored.st_mtime) == (0o750, 1)


def test_nothing_is_written_through_a_link_to_another_folder(
    tmp_path: Path, arrive: Arrive
) -> None:
    (outside := tmp_path / "outside").mkdir()
    (destination := tmp_path / "there").mkdir()
    (destination / "src").symlink_to(outside)
    with pytest.raises(UsageFailed, match="a link stands where a folder has to go"):
        arrive(PROJECT, destination)
    assert list(outside.iterdir()) == []
