"""What becomes of edits when the template changes: none is lost, none lands in the wrong place."""

import os
from pathlib import Path

import pytest

from modwright.upkeep import operation
from modwright.upkeep.trees import checkout
from tests.upkeep.conftest import MakeProject, Project, change, git

JOBS = """\
jobs:
  lint:
    runs-on: ubuntu
    steps:
      - uses: checkout
      - uses: python
        with:
          python: 3.11
      - run: go
  test:
    runs-on: ubuntu
    steps:
      - uses: checkout
      - uses: python
        with:
          python: 3.11
      - run: go
"""
FUNCTIONS = """\
def first(x):
    y = x + 1
    return y


def second(x):
    y = x + 1
    return y


def third(x):
    y = x + 1
    return y
"""


LINES = "".join(f"line {number}\n" for number in range(30))


def test_an_edit_in_one_of_several_like_jobs_stays_in_it(project: MakeProject) -> None:
    lint = JOBS.removeprefix("jobs:\n").partition("  test:")[0]
    made = project(
        {"ci.yml": JOBS}, {"ci.yml": f"jobs:\n{lint.replace('lint', 'audit')}{JOBS[6:]}"}
    )
    above, _, below = JOBS.rpartition("3.11")
    made.edit({"ci.yml": f"{above}3.12{below}"})
    update = made.update()
    assert not update.clashes
    assert [job.count("3.12") for job in made["ci.yml"].split("runs-on")] == [0, 0, 0, 1]


@pytest.mark.full
def test_an_edit_in_one_of_several_like_functions_stays_in_it(project: MakeProject) -> None:
    first = FUNCTIONS.partition("\n\n\n")[0]
    made = project(
        {"code.py": FUNCTIONS}, {"code.py": f"{first.replace('first', 'zeroth')}\n\n\n{FUNCTIONS}"}
    )
    above, _, below = FUNCTIONS.rpartition("x + 1")
    made.edit({"code.py": f"{above}x + 2{below}"})
    assert not made.update().clashes
    assert made["code.py"].endswith("def third(x):\n    y = x + 2\n    return y\n")
    assert made["code.py"].count("x + 2") == 1


def test_a_file_that_the_template_renames_carries_its_edits_along(project: MakeProject) -> None:
    made = project(
        {"old.py": LINES}, {"old.py": None, "new.py": LINES.replace("line 2\n", "two\n")}
    )
    made.edit({"old.py": LINES.replace("line 20", "mine")})
    assert not made.update().clashes
    assert "old.py" not in made
    assert "mine\n" in made["new.py"]
    assert "two\n" in made["new.py"]


def test_a_file_that_was_moved_is_mended_where_it_lies_now(project: MakeProject) -> None:
    made = project({"code.py": LINES}, {"code.py": LINES.replace("line 2\n", "two\n")})
    made.edit({"code.py": None, "deep/moved.py": LINES})
    assert not made.update().clashes
    assert "code.py" not in made
    assert "two\n" in made["deep/moved.py"]


def test_a_file_that_both_have_renamed_is_told_and_stays(project: MakeProject) -> None:
    made = project(
        {"code.py": LINES}, {"code.py": None, "theirs.py": LINES.replace("line 2\n", "two\n")}
    )
    made.edit({"code.py": None, "mine.py": LINES.replace("line 20", "mine")})
    update = made.update()
    assert [(clash.file, clash.what) for clash in update.clashes] == [
        ("mine.py", "both have moved it")
    ]
    assert "mine\n" in made["mine.py"]
    assert "two\n" in made["mine.py"]


@pytest.mark.full
def test_a_file_where_the_other_has_a_folder_is_told_and_stays(project: MakeProject) -> None:
    made = project({"a": "1\n"}, {"code/more.py": LINES})
    made.edit({"code": "mine\n"})
    update = made.prepare()
    assert update is not None
    lines = "".join(
        checkout(made.folder).content(f"{update.trees[1]}:{path}").decode()
        for path in checkout(made.folder).files(update.trees[1])
    )
    assert "mine\n" in lines
    assert update.clashes


def test_a_file_that_was_added_to_a_folder_goes_with_it(project: MakeProject) -> None:
    files = {f"{name}.py": LINES.replace("line", name) for name in "abc"}
    made = project(
        {f"old/{name}": text for name, text in files.items()},
        {f"old/{name}": None for name in files}
        | {f"new/{name}": text for name, text in files.items()},
    )
    made.edit({"old/mine.py": "mine\n"})
    update = made.update()
    assert made["new/mine.py"] == "mine\n"
    assert any("mine.py" in note for note in update.notes)


def test_a_file_that_was_edited_is_not_removed_without_a_word(project: MakeProject) -> None:
    made = project({"code.py": LINES}, {"code.py": None})
    made.edit({"code.py": LINES.replace("line 20", "mine")})
    update = made.update()
    assert "mine\n" in made["code.py"]
    assert [(clash.file, clash.line) for clash in update.clashes] == [("code.py", None)]


def test_a_file_that_nobody_edited_is_removed(project: MakeProject) -> None:
    made = project({"code.py": LINES}, {"code.py": None})
    assert not made.update().clashes
    assert "code.py" not in made


def test_a_file_that_was_deleted_stays_so_and_that_is_said(project: MakeProject) -> None:
    made = project({"code.py": LINES}, {"code.py": LINES.replace("line 2\n", "two\n")})
    made.edit({"code.py": None})
    update = made.update()
    assert not update.clashes
    assert "code.py" not in made
    assert any("code.py" in note and "stays deleted" in note for note in update.notes)


def test_what_is_written_once_is_never_touched_again(project: MakeProject) -> None:
    made = project({"CHANGELOG.md": "start\n", "a": "1\n"}, {"CHANGELOG.md": "other\n", "a": "2\n"})
    made.edit({"CHANGELOG.md": "mine\n"})
    assert not made.update().clashes
    assert made["CHANGELOG.md"] == "mine\n"
    assert made["a"] == "2\n"


@pytest.mark.full
def test_what_was_written_once_and_deleted_does_not_come_back(project: MakeProject) -> None:
    made = project({"CHANGELOG.md": "start\n", "a": "1\n"}, {"CHANGELOG.md": "other\n", "a": "2\n"})
    made.edit({"CHANGELOG.md": None})
    assert not made.update().clashes
    assert "CHANGELOG.md" not in made


def test_lines_that_both_have_changed_stand_between_markers(project: MakeProject) -> None:
    made = project({"text": LINES}, {"text": LINES.replace("line 20", "theirs")})
    made.edit({"text": LINES.replace("line 20", "mine")})
    [clash] = made.update().clashes
    assert (clash.file, clash.wanted, clash.reason) == ("text", "theirs", "What v2 brings")
    lines = made["text"].splitlines()
    assert clash.line is not None
    assert lines[clash.line - 1 : clash.line + 6] == [
        "<<<<<<< yours",
        "mine",
        "||||||| the template before",
        "line 20",
        "=======",
        "theirs",
        ">>>>>>> the template now",
    ]
    assert git(made.folder, "diff", "--name-only", "--diff-filter=U").split() == ["text"]


@pytest.mark.full
def test_a_heading_of_seven_letters_is_not_a_marker(project: MakeProject) -> None:
    text = f"Heading\n=======\n{LINES}"
    made = project(
        {"a.rst": text},
        {"a.rst": text.replace("Heading\n=======\nline 0", "Heading\n=======\ntheirs")},
    )
    made.edit({"a.rst": text.replace("Heading\n=======\nline 0", "Header!\n=======\nmine")})
    made.update()
    assert made["a.rst"].count("=======\n") == 2
    assert made["a.rst"].count("theirs") == made["a.rst"].count("mine") == 1


@pytest.mark.full
def test_bytes_that_are_not_utf_8_survive(project: MakeProject) -> None:
    text = LINES.encode() + b"gr\xfc\xdfe\n"
    made = project({"latin": text}, {"latin": text.replace(b"line 20", b"theirs")})
    made.edit({"latin": text.replace(b"line 2\n", b"m\xfc\n").replace(b"line 20", b"mine")})
    update = made.update()
    content = (made.folder / "latin").read_bytes()
    assert [clash.file for clash in update.clashes] == ["latin"]
    assert b"m\xfc\n" in content
    assert content.endswith(b"gr\xfc\xdfe\n")


@pytest.mark.full
def test_a_file_that_is_not_text_stays_and_is_told(project: MakeProject) -> None:
    made = project({"image": b"\0one"}, {"image": b"\0two"})
    made.edit({"image": b"\0mine"})
    update = made.update()
    assert (made.folder / "image").read_bytes() == b"\0mine"
    assert [(clash.file, clash.line) for clash in update.clashes] == [("image", None)]


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_modes_and_links_stay(project: MakeProject) -> None:
    made = project({"run.sh": LINES, "a": "1\n"}, {"run.sh": LINES.replace("line 2\n", "two\n")})
    (made.folder / "run.sh").chmod(0o755)
    (made.folder / "link").symlink_to("a")
    made.commit()
    assert not made.update().clashes
    assert (made.folder / "run.sh").stat().st_mode & 0o111
    assert "two\n" in made["run.sh"]
    assert (made.folder / "link").readlink() == Path("a")


@pytest.mark.full
def test_line_ends_of_a_work_tree_are_not_edits(project: MakeProject) -> None:
    made = project({"text": LINES}, {"text": LINES.replace("line 20", "theirs")})
    git(made.folder, "config", "core.autocrlf", "true")
    git(made.folder, "rm", "--cached", "-r", "--quiet", ".")
    git(made.folder, "reset", "--quiet", "--hard")
    assert b"\r\n" in (made.folder / "text").read_bytes()
    assert not made.update().clashes
    assert b"theirs\r\n" in (made.folder / "text").read_bytes()
    assert not git(made.folder, "status", "--porcelain")


def test_a_file_that_was_turned_to_the_line_ends_of_windows_keeps_them(
    project: MakeProject,
) -> None:
    theirs = LINES.replace("line 20", "theirs")
    made = project({"text": LINES, "other": LINES}, {"text": theirs, "other": theirs})
    mine = LINES.replace("line 2\n", "mine\n").replace("\n", "\r\n")
    (made.folder / "text").write_bytes(mine.encode())
    git(made.folder, "commit", "--quiet", "--all", "--message", "for Windows")
    assert not made.update().clashes
    content = (made.folder / "text").read_bytes()
    assert content.decode() == mine.replace("line 20", "theirs")
    assert b"\r" not in (made.folder / "other").read_bytes()


def test_a_project_in_a_folder_of_a_repository_is_updated_there_alone(project: MakeProject) -> None:
    made = project(
        {"text": LINES, "a": "1\n"}, {"text": LINES.replace("line 20", "theirs")}, inside="apps/one"
    )
    top = made.folder.parents[1]
    change(top, {"text": LINES, "apps/two/text": LINES})
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message=Others")
    made.edit({"text": LINES.replace("line 2\n", "mine\n")})
    assert not made.update().clashes
    assert "theirs" in made["text"]
    assert "mine" in made["text"]
    assert (top / "text").read_text("utf-8") == (top / "apps/two/text").read_text("utf-8") == LINES
    assert not git(top, "status", "--porcelain")


@pytest.mark.full
def test_a_conflict_in_a_folder_of_a_repository_is_ended_there(project: MakeProject) -> None:
    made = project({"text": LINES}, {"text": LINES.replace("line 20", "theirs")}, inside="apps/one")
    made.edit({"text": LINES.replace("line 20", "mine")})
    assert made.update().clashes
    assert git(made.folder, "diff", "--name-only", "--diff-filter=U").split() == ["apps/one/text"]
    change(made.folder, {"text": LINES.replace("line 20", "both")})
    operation.go_on(checkout(made.folder))
    assert "both" in git(made.folder, "show", "HEAD:./text")
    assert not git(made.folder, "status", "--porcelain")


@pytest.mark.full
def test_a_work_tree_and_a_submodule_are_repositories_too(
    project: MakeProject, tmp_path: Path
) -> None:
    made = project({"text": LINES}, {"text": LINES.replace("line 20", "theirs")})
    git(made.folder, "worktree", "add", "--quiet", tmp_path / "other", "-b", "other")
    assert not Project(tmp_path / "other", made.template).update().clashes
    assert "line 20" in made["text"]

    parent = tmp_path / "parent"
    parent.mkdir()
    git(parent, "init", "--quiet")
    git(
        parent,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        made.folder,
        "sub",
    )
    assert not Project(parent / "sub", made.template).update().clashes
    assert "theirs" in (parent / "sub" / "text").read_text("utf-8")


@pytest.mark.full
def test_a_project_that_holds_a_submodule_keeps_it(project: MakeProject, tmp_path: Path) -> None:
    made = project({"text": LINES}, {"text": LINES.replace("line 20", "theirs")})
    other = tmp_path / "library"
    change(other, {"code": "1\n"})
    git(other, "init", "--quiet")
    git(other, "add", "--all")
    git(other, "commit", "--quiet", "--message=Start")
    git(
        made.folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "lib"
    )
    made.commit()
    assert not made.update().clashes
    assert made["lib/code"] == "1\n"
    assert not git(made.folder, "status", "--porcelain")
