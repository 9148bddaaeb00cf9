"""The first commit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.scaffold import repository
from modwright.scaffold.repository import NoCommit, commit_project, demand_git
from tests.conftest import ends

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes")

FILES = [Path(".gitignore"), Path("src/code.py")]


def git(folder: Path, *arguments: str) -> str:
    finished = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return finished.stdout


def set_up(project: Path, settings: str) -> None:
    """Add to the person's settings of git."""
    with (project.parent / "gitconfig").open("a", encoding="utf-8") as file:
        file.write(settings)


def hook(project: Path, name: str, script: str) -> None:
    """Let the person have a hook in all repositories."""
    (project.parent / "hooks").mkdir(exist_ok=True)
    (project.parent / "hooks" / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (project.parent / "hooks" / name).chmod(0o755)
    set_up(project, f"[core]\nhooksPath = {project.parent / 'hooks'}\n")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with two files, for a person with a name and no other settings of git."""
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\nname = Ann\nemail = ann@example.org\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))
    (tmp_path / "new one" / "src").mkdir(parents=True)
    (tmp_path / "new one" / "src" / "code.py").touch()
    (tmp_path / "new one" / ".gitignore").write_text("*.pyc\n", encoding="utf-8")
    return tmp_path / "new one"


def test_the_first_commit_holds_every_file_on_main(project: Path) -> None:
    commit_project(project, "fresh", FILES)
    assert git(project, "ls-tree", "-r", "--name-only", "HEAD").split() == [
        ".gitignore",
        "src/code.py",
    ]
    assert git(project, "branch", "--show-current") == "main\n"
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert git(project, "status", "--porcelain") == ""


def test_a_fresh_clone_gets_its_first_commit(project: Path) -> None:
    git(project, "init", "--initial-branch=trunk")
    commit_project(project, "fresh", FILES)
    assert git(project, "log", "--format=%s") == "Start fresh\n"


def test_nothing_is_added_to_a_repository_with_a_history(project: Path) -> None:
    git(project, "init")
    git(project, "commit", "--allow-empty", "--message=theirs")
    with pytest.raises(NoCommit, match="belongs to a repository already"):
        commit_project(project, "fresh", FILES)
    assert git(project, "log", "--format=%s") == "theirs\n"
    assert git(project, "diff", "--cached", "--name-only") == ""


def test_no_repository_is_made_inside_another(project: Path) -> None:
    git(project.parent, "init")
    with pytest.raises(NoCommit, match="belongs to a repository already"):
        commit_project(project, "fresh", FILES)
    assert not (project / ".git").exists()


def test_without_a_name_the_files_are_staged_and_no_commit_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.parent / "gitconfig").write_text("[user]\nuseConfigOnly = true\n", encoding="utf-8")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoCommit, match="git commit says: "):
        commit_project(project, "fresh", FILES)
    assert git(project, "diff", "--cached", "--name-only").split() == [".gitignore", "src/code.py"]


def test_the_repository_of_a_hook_is_left_alone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (other := tmp_path / "other").mkdir()
    git(other, "init")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    commit_project(project, "fresh", FILES)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert git(other, "status", "--porcelain", "--untracked-files=no") == ""


def test_without_git_there_is_no_commit_and_no_failure(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(NoCommit, match="git is not installed"):
        commit_project(project, "fresh", FILES)
    with pytest.raises(UsageFailed, match="git is not installed"):
        demand_git()


def test_a_folder_that_the_repository_around_it_ignores_gets_its_own(project: Path) -> None:
    git(project.parent, "init")
    (project.parent / ".gitignore").write_text("new one/\n", encoding="utf-8")
    commit_project(project, "fresh", FILES)
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert (project / ".git").is_dir()


def test_what_a_killed_run_has_left_is_not_committed(project: Path) -> None:
    (project / ".modwright-x" / "new one").mkdir(parents=True)
    (project / ".modwright-x" / "new one" / "half.py").touch()
    commit_project(project, "fresh", FILES)
    assert ".modwright-x" not in git(project, "ls-files")


def test_what_the_persons_settings_ignore_is_committed_if_the_project_has_it(project: Path) -> None:
    (project / ".env").write_text("mine", encoding="utf-8")
    (project.parent / "ignored").write_text("src/\n*.py\n.gitignore\n.env\n", encoding="utf-8")
    set_up(project, f"[core]\nexcludesFile = {project.parent / 'ignored'}\n")
    commit_project(project, "fresh", FILES)
    assert git(project, "ls-files").split() == [".gitignore", "src/code.py"]
    assert git(project, "status", "--porcelain") == ""


@on_posix
def test_a_repository_of_another_person_gets_no_other_inside_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project.parent, "init")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own, for such tests
    with pytest.raises(NoCommit, match="git rev-parse says: fatal: detected dubious ownership"):
        commit_project(project, "fresh", FILES)
    assert not (project / ".git").exists()


@on_posix
def test_a_git_whose_init_knows_no_name_for_the_branch_makes_it_main(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old := project.parent / "old").mkdir()
    refuse = 'case "$*" in *--initial-branch*) echo "usage: git init" >&2; exit 129;; esac'
    path = os.environ["PATH"]
    (old / "git").write_text(f"#!/bin/sh\n{refuse}\nPATH='{path}' exec git \"$@\"\n", "utf-8")
    (old / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}{os.pathsep}{path}")
    commit_project(project, "fresh", FILES)
    assert git(project, "branch", "--show-current") == "main\n"


@on_posix
def test_a_hook_that_takes_too_long_is_ended_and_the_repository_stays_usable(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "SECONDS_TO_WAIT", 3)
    hook(project, "pre-commit", "sleep 600 & echo $! > ../child; wait; echo late > ../late")
    with pytest.raises(NoCommit, match=r"^git commit took longer than 3 s$"):
        commit_project(project, "fresh", FILES)
    assert ends(int((project.parent / "child").read_text("utf-8")))
    assert not (project.parent / "late").exists()
    git(project, "commit", "--no-verify", "--message=by hand")


@on_posix
def test_a_hook_that_takes_too_long_after_the_commit_does_not_hide_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "SECONDS_TO_WAIT", 3)
    hook(project, "post-commit", "sleep 600 & echo $! > ../child; wait")
    assert commit_project(project, "fresh", FILES) == "git commit took longer than 3 s"
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert ends(int((project.parent / "child").read_text("utf-8")))


@on_posix
def test_what_a_hook_leaves_in_the_background_is_not_waited_for(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "SECONDS_TO_WAIT", 60)
    hook(project, "post-commit", "sleep 600 & echo $! > ../child")
    assert commit_project(project, "fresh", FILES) == ""
    os.kill(int((project.parent / "child").read_text("utf-8")), 9)


@on_posix
def test_ctrl_c_during_a_hook_ends_it_and_leaves_the_project(project: Path) -> None:
    waiting = "sleep 600 & echo $! > ../child; kill -INT $(cat ../modwright); wait"
    hook(project, "pre-commit", waiting)
    noting = "import os; open('modwright', 'w').write(str(os.getpid()))"
    command = [sys.executable, "-c", f"{noting}; from modwright.cli import main; exit(main())"]
    finished = subprocess.run(
        [*command, "new", "made", "--defaults", "--no-check"],
        cwd=project.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 130, finished.stderr
    assert finished.stderr.splitlines()[-1] == "modwright: error: interrupted"
    assert "Traceback" not in finished.stderr
    assert "cd made" in finished.stdout
    assert ends(int((project.parent / "child").read_text("utf-8")))
    git(project.parent / "made", "commit", "--no-verify", "--message=by hand")
