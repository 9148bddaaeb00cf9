"""`modwright new`, from the command line to the first commit."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from modwright.scaffold.source import find_source
from tests.commands.conftest import OnTerminal
from tests.conftest import KilledRun, ReadOnly, Run, Tree, WriteFiles

BARE = ("--defaults", "--no-check", "--no-git")
# Answers that copier.yml refuses, and what the line about them begins with.
REFUSED = [
    (("--package-name", "class"), "package_name: "),
    (("--package-name", "no-hyphens"), "package_name: "),
    (("--project-name", "-x-"), "project_name: "),
    (("--user-email", "nobody"), "user_email: "),
    (("--description", "two\nlines"), "description: "),
    (("--subpackage", "auth"), "subpackages: auth: "),
    (("--subpackage", "a", "--subpackage", "a"), "subpackages: a: "),
    (("--data", "subpackages=a"), "subpackages: "),
    (("--data", "subpackages=[a"), "subpackages: "),
    (("--data", "license=Beerware"), "license: "),
    (("--data", "requires_python=2.7"), "requires_python: "),
    (("--data", "docs=flase"), "docs: flase is neither yes nor no."),
]


def answers(project: Path) -> dict[str, object]:
    text = (project / ".copier-answers.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def complaint(finished: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the one line that a failure of this code ends in."""
    assert finished.returncode == code, finished.stderr
    assert finished.stdout == ""
    [line] = finished.stderr.splitlines()
    return line


@pytest.mark.full
def test_whoever_starts_a_course_is_told_how_it_begins(run_here: Run) -> None:
    finished = run_here("new", "hello", "--exercises", "--defaults", "--no-check", "--no-git")
    assert finished.returncode == 0, finished.stderr
    assert re.search(r"Next:\n +cd hello\n.+ run learn\.py\n$", finished.stdout)


def test_a_new_project_imports_cleanly_and_is_committed(run: Run, tmp_path: Path) -> None:
    finished = run("new", "hello", "--defaults")
    assert finished.returncode == 0, finished.stderr
    assert "modules import cleanly: hello " in finished.stdout
    assert re.search(r"Next:\n +cd hello\n.+ run pytest\n.+ run hello --help\n", finished.stdout)
    assert "\x1b" not in finished.stdout + finished.stderr
    git = ["git", "-C", str(tmp_path / "hello")]
    log = subprocess.run([*git, "log", "--format=%s"], check=True, capture_output=True, text=True)
    assert log.stdout == "Start hello\n"
    status = subprocess.run(
        [*git, "status", "--porcelain"], check=True, capture_output=True, text=True
    )
    assert status.stdout == ""


def test_a_project_that_cannot_be_updated_is_told_so_and_why(run_here: Run) -> None:
    finished = run_here("new", "made", *BARE)
    version = find_source().version
    assert ("It cannot be updated later" in finished.stdout) == (version is None)
    changed = version is not None and version.changed
    assert ("the template was changed since" in finished.stdout) == changed


def test_an_option_goes_before_data_and_data_before_the_preset(
    run_here: Run, tmp_path: Path
) -> None:
    (tmp_path / "team.yml").write_text(
        "license: Apache-2.0\nuser_name: Team\nrequires_python: '3.12'\n", encoding="utf-8"
    )
    given = ["--preset", "team.yml", "--data", "license=MIT", "--data", "user_name=Data"]
    assert run_here("new", "made", *BARE, *given, "--user-name", "Option").returncode == 0
    told = answers(tmp_path / "made")
    assert (told["license"], told["user_name"]) == ("MIT", "Option")
    assert told["requires_python"] == "3.12"


def test_an_option_that_is_repeated_makes_a_list(run_here: Run, tmp_path: Path) -> None:
    packages = ("--subpackage", "billing", "--subpackage", "services.mail")
    finished = run_here("new", "made", *BARE, *packages, "--module", "notes")
    assert finished.returncode == 0, finished.stderr
    told = answers(tmp_path / "made")
    assert (told["subpackages"], told["modules"]) == (["billing", "services.mail"], ["notes"])


def test_a_dry_run_lists_what_would_be_written_and_writes_nothing(
    run_here: Run, tmp_path: Path, tree: Tree
) -> None:
    listed = run_here("new", "made", *BARE, "--dry-run")
    assert listed.returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert run_here("new", "made", *BARE).returncode == 0
    files = [name for name, content in tree(tmp_path / "made").items() if content is not None]
    assert sorted(listed.stdout.splitlines()) == sorted(files)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        *REFUSED[::3],
        *(pytest.param(*case, marks=pytest.mark.full) for case in (*REFUSED[1::3], *REFUSED[2::3])),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_an_answer_that_is_refused_is_named_and_nothing_is_written(
    given: tuple[str, ...], words: str, run_here: Run, tmp_path: Path
) -> None:
    line = complaint(run_here("new", "made", *BARE, *given), 3)
    assert words in line
    assert list(tmp_path.iterdir()) == []


def test_a_destination_in_use_stays_as_it_is(run_here: Run, tmp_path: Path, tree: Tree) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    before = tree(tmp_path)
    for destination in ("there", "file", "there/README.md/below", "loop", "loop/below"):
        assert destination.partition("/")[0] in complaint(run_here("new", destination, *BARE), 2)
    assert tree(tmp_path) == before


def test_force_overwrites_and_keeps_the_rest(run_here: Run, tmp_path: Path) -> None:
    (there := tmp_path / "there").mkdir()
    for name in ("README.md", "mine.txt"):
        (there / name).write_text("mine", encoding="utf-8")
    assert run_here("new", "there", *BARE, "--force").returncode == 0
    assert (there / "README.md").read_text(encoding="utf-8") != "mine"
    assert (there / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_to_is_named(
    run_here: Run, tmp_path: Path, read_only: ReadOnly
) -> None:
    (tmp_path / "fixed").mkdir()
    with read_only(tmp_path / "fixed"):
        assert "fixed" in complaint(run_here("new", "fixed/new", *BARE), 2)
    assert list((tmp_path / "fixed").iterdir()) == []


def test_without_git_a_project_is_made_and_no_commit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    nothing = {"PATH": str(tmp_path / "bin")}
    finished = run("new", "made", "--defaults", "--no-check", env=nothing)
    assert finished.returncode == 0, finished.stderr
    assert "git is not installed" in finished.stdout
    assert not (tmp_path / "made" / ".git").exists()


def test_a_commit_that_is_asked_for_needs_git(run: Run, tmp_path: Path) -> None:
    nothing = {"PATH": str(tmp_path / "bin")}
    finished = run("new", "made", "--defaults", "--no-check", "--git", env=nothing)
    assert "git is not installed" in complaint(finished, 2)
    assert not (tmp_path / "made").exists()


def test_no_git_makes_no_repository(run_here: Run, tmp_path: Path) -> None:
    assert run_here("new", "made", *BARE).returncode == 0
    assert not (tmp_path / "made" / ".git").exists()


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has unshare")
def test_a_project_is_made_without_a_network(run: Run, tmp_path: Path) -> None:
    offline = ("unshare", "--map-root-user", "--net")
    if subprocess.run([*offline, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this user may not take the network away from a process")
    assert run("new", "made", *BARE, under=offline).returncode == 0
    away = ["--preset", "https://example.org/team.yml"]
    assert "https://example.org/team.yml" in complaint(
        run("new", "other", *BARE, *away, under=offline), 2
    )
    assert not (tmp_path / "other").exists()


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_folder_whose_name_is_not_text_is_made_or_refused_in_one_line(
    run: Run, tmp_path: Path
) -> None:
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    finished = run("new", os.fsdecode(b"caf\xe9"), *BARE, "--project-name", "coffee", env=strict)
    assert finished.returncode in {0, 2, 3}, finished.stderr
    assert "Traceback" not in finished.stderr
    assert len(list(tmp_path.iterdir())) == (finished.returncode == 0)


def test_what_is_open_is_asked_at_a_terminal(on_terminal: OnTerminal, tmp_path: Path) -> None:
    replies = {"Name of the project": "\x15asked\r", "Name to import": "\r", "Your name": "\r"}
    given = ("--preset", "minimal", "--no-check", "--no-git")
    code, screen = on_terminal("new", "made", *given, replies=tuple(replies.items()))
    assert code == 0, screen
    assert answers(tmp_path / "made")["project_name"] == "asked"
    assert "Licence" not in screen


def test_ctrl_c_at_a_question_ends_with_130_and_writes_nothing(
    on_terminal: OnTerminal, tmp_path: Path
) -> None:
    code, screen = on_terminal("new", "made", replies=(("Name of the project", "\x03"),))
    assert code == 130, screen
    assert "interrupted" in screen.splitlines()[-1]
    assert "Traceback" not in screen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", [("--force",), ()], ids=["by force", "without force"])
def test_without_a_terminal_a_line_says_what_a_killed_run_has_left(
    force: tuple[str, ...],
    run_here: Run,
    tmp_path: Path,
    write_files: WriteFiles,
    tree: Tree,
    killed_run: KilledRun,
) -> None:
    killed_run(write_files(tmp_path / "there", {"README.md": "mine"}), 3)
    before = tree(tmp_path)
    line = complaint(run_here("new", "there", *BARE, *force), 2)
    assert f"that it replaced are in {tmp_path}/there/.modwright-stage/replaced. To put" in line
    assert line.endswith(f"type this in a terminal: modwright new {tmp_path}/there")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("reply", ["y", "n"])
def test_at_a_terminal_a_person_is_asked_whether_to_put_back_what_a_killed_run_replaced(
    reply: str,
    on_terminal: OnTerminal,
    tmp_path: Path,
    write_files: WriteFiles,
    tree: Tree,
    killed_run: KilledRun,
) -> None:
    before = tree(write_files(tmp_path / "there", {"README.md": "mine"}))
    killed_run(tmp_path / "there", 3)
    left = tree(tmp_path / "there")
    code, screen = on_terminal("new", "there", replies=(("Put them back? [y/N]", f"{reply}\r"),))
    assert code == 2, screen  # put back, it is a folder that is not empty
    assert ("is not empty" in screen) == (reply == "y")
    assert tree(tmp_path / "there") == (before if reply == "y" else left)


@pytest.mark.full
def test_force_goes_on_once_everything_is_put_back(
    on_terminal: OnTerminal, tmp_path: Path, write_files: WriteFiles, killed_run: KilledRun
) -> None:
    killed_run(write_files(tmp_path / "there", {"README.md": "mine", "mine.txt": "mine"}), 3)
    given = ("--force", "--preset", "minimal", "--no-check", "--no-git")
    names = {"Name of the project": "\r", "Name to import": "\r", "Your name": "\r"}
    replies = (("Put them back? [y/N]", "y\r"), *names.items())
    code, screen = on_terminal("new", "there", *given, replies=replies)
    assert code == 0, screen
    assert (tmp_path / "there" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "there" / "README.md").read_text(encoding="utf-8") != "mine"
    assert not (tmp_path / "there" / ".modwright-stage").exists()
