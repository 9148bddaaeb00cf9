"""`modwright update`, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.upkeep.conftest import Project, Template, change, git

LINES = "".join(f"line {number}\n" for number in range(30))
THEIRS = LINES.replace("line 20", "theirs, says @ann")
MINE = LINES.replace("line 20", "mine")
PYPROJECT = """\
[build-system]
requires = ["uv_build>=0.11,<0.14"]
build-backend = "uv_build"

[project]
name = "small"
version = "1"
requires-python = ">=3.11"
"""
Clean = Callable[[], Project]


@pytest.fixture
def clean(project: Callable[..., Project]) -> Clean:
    """Make a project of a template that is not modwright's own."""

    def clean() -> Project:
        made = project({"text": LINES, "a": "1\n"}, {"text": THEIRS})
        return made.found_without_a_network()

    return clean


@pytest.fixture
def in_conflict(clean: Clean) -> Project:
    """Make a project with an edit where the template has changed as well."""
    made = clean()
    made.edit({"text": MINE})
    return made


def test_an_update_is_told_with_the_command_that_undoes_it(clean: Clean, run: Run) -> None:
    made = clean()
    finished = run("update", made.folder, "--no-check")
    assert finished.returncode == 0, finished.stderr
    assert "v1 → v2: 2 files changed." in finished.stdout
    assert "changed text" in finished.stdout
    commit = git(made.folder, "rev-parse", "HEAD")[:12]
    assert f"Undo: git revert --no-edit {commit}" in finished.stdout
    assert run("update", made.folder, "--no-check").stdout == "Up to date.\n"


@pytest.mark.full
def test_a_dry_run_changes_nothing(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder, "--dry-run")
    assert finished.returncode == 5
    assert "v1 → v2 would change 2 files." in finished.stdout
    assert in_conflict["text"] == MINE
    assert not git(in_conflict.folder, "status", "--porcelain")


def test_conflicts_are_listed_and_ended_by_a_person(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder)
    assert finished.returncode == 5
    assert "1 conflict:" in finished.stdout
    assert "text:21" in finished.stdout
    assert "because: What v2 brings" in finished.stdout
    again = run_here("update", in_conflict.folder)
    assert again.returncode == 2
    assert "--continue" in again.stderr
    assert run_here("update", in_conflict.folder, "--continue").returncode == 2
    change(in_conflict.folder, {"text": LINES.replace("line 20", "both")})
    ended = run_here("update", in_conflict.folder, "--continue")
    assert ended.returncode == 0, ended.stderr
    assert "committed as" in ended.stdout
    assert not git(in_conflict.folder, "status", "--porcelain")


def test_abort_takes_an_update_back(in_conflict: Project, run_here: Run) -> None:
    run_here("update", in_conflict.folder)
    finished = run_here("update", in_conflict.folder, "--abort")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert in_conflict["text"] == MINE
    assert run_here("update", in_conflict.folder, "--abort").returncode == 2


@pytest.mark.full
def test_a_job_may_ask_for_no_conflicts(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder, "--on-conflict", "abort")
    assert finished.returncode == 5
    assert in_conflict["text"] == MINE
    assert not git(in_conflict.folder, "status", "--porcelain")


@pytest.mark.full
def test_a_project_that_would_not_import_any_more_is_left_as_it_is(
    project: Callable[..., Project], template: Template, run_here: Run
) -> None:
    start = {
        "pyproject.toml": PYPROJECT,
        "src/small/__init__.py": "",
        "src/small/utils.py": "X = 1\n",
    }
    made = project(start, {"src/small/more.py": "from small.utils import X as X\n"})
    url = "https://example.org/template.git"
    answers = made[".copier-answers.yml"].replace(url, template.folder.as_posix())
    helpers = {"src/small/utils.py": None, "src/small/helpers.py": "X = 1\n"}
    made.edit({".copier-answers.yml": answers, **helpers})
    before = git(made.folder, "rev-parse", "HEAD")

    refused = run_here("update", made.folder)

    assert refused.returncode == 1
    assert "src/small/more.py:1: MW101" in refused.stderr
    assert git(made.folder, "rev-parse", "HEAD") == before
    assert not git(made.folder, "status", "--porcelain")
    assert run_here("update", made.folder, "--keep").returncode == 0
    assert "src/small/more.py" in made


@pytest.mark.full
def test_json_is_all_that_is_printed(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder, "--format", "json", "--on-conflict", "abort")
    told = json.loads(finished.stdout)
    assert (told["schema"], told["updated"], told["from"], told["to"]) == (1, False, "v1", "v2")
    [conflict] = told["conflicts"]
    assert (conflict["file"], conflict["line"]) == ("text", 21)
    assert conflict["template"] == "theirs, says @ann\n"
    assert conflict["yours"] == "mine\n"
    assert conflict["before"] == "line 20\n"


@pytest.mark.full
def test_markdown_calls_nobody_by_name(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder, "--format", "markdown", "--dry-run")
    assert "| text | 21 |" in finished.stdout
    assert "@ann" not in finished.stdout


@pytest.mark.full
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--dry-run", "--abort"], "exclude each other"),
        (["--to", "v9"], "has no version v9."),
        (["--to", "--upload-pack=x"], "has no version --upload-pack=x."),
        (["--data", "nosuch=1"], "nosuch: no such question"),
    ],
)
def test_wrong_usage_is_one_line(
    clean: Clean, run_here: Run, arguments: list[str], told: str
) -> None:
    made = clean()
    finished = run_here("update", made.folder, *arguments)
    assert finished.returncode in {2, 3}
    assert finished.stdout == ""
    assert told in finished.stderr
    assert finished.stderr.count("\n") == 1
    assert not git(made.folder, "status", "--porcelain")


def test_a_folder_that_is_not_a_project_is_refused_in_one_line(
    run_here: Run, tmp_path: Path
) -> None:
    finished = run_here("update", tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1


def test_whoever_calls_may_commit(clean: Clean, run_here: Run) -> None:
    made = clean()
    head = git(made.folder, "rev-parse", "HEAD")
    finished = run_here("update", made.folder, "--no-check", "--no-commit")
    assert finished.returncode == 0, finished.stderr
    assert "staged" in finished.stdout
    assert git(made.folder, "rev-parse", "HEAD") == head
    assert made["text"] == THEIRS
    made.commit()
    assert run_here("update", made.folder, "--no-check").stdout == "Up to date.\n"


@pytest.mark.full
def test_whoever_commits_gets_no_conflicts(in_conflict: Project, run_here: Run) -> None:
    finished = run_here("update", in_conflict.folder, "--no-commit")
    assert finished.returncode == 5
    assert "--continue" not in finished.stdout
    assert not git(in_conflict.folder, "status", "--porcelain")
    assert in_conflict["text"] == MINE
