"""The first commit."""

import subprocess
from pathlib import Path

import pytest

from modwright.errors import UsageFailed
from modwright.scaffold.repository import NoCommit, commit_project, demand_git


def git(folder: Path, *arguments: str) -> str:
    finished = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return finished.stdout


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
    commit_project(project, "fresh")
    assert git(project, "ls-tree", "-r", "--name-only", "HEAD").split() == [
        ".gitignore",
        "src/code.py",
    ]
    assert git(project, "branch", "--show-current") == "main\n"
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert git(project, "status", "--porcelain") == ""


def test_a_fresh_clone_gets_its_first_commit(project: Path) -> None:
    git(project, "init", "--initial-branch=trunk")
    commit_project(project, "fresh")
    assert git(project, "log", "--format=%s") == "Start fresh\n"


def test_nothing_is_added_to_a_repository_with_a_history(project: Path) -> None:
    git(project, "init")
    git(project, "commit", "--allow-empty", "--message=theirs")
    with pytest.raises(NoCommit, match="belongs to a repository already"):
        commit_project(project, "fresh")
    assert git(project, "log", "--format=%s") == "theirs\n"
    assert git(project, "diff", "--cached", "--name-only") == ""


def test_no_repository_is_made_inside_another(project: Path) -> None:
    git(project.parent, "init")
    with pytest.raises(NoCommit, match="belongs to a repository already"):
        commit_project(project, "fresh")
    assert not (project / ".git").exists()


def test_without_a_name_the_files_are_staged_and_no_commit_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.parent / "gitconfig").write_text("[user]\nuseConfigOnly = true\n", encoding="utf-8")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoCommit, match="git commit says: "):
        commit_project(project, "fresh")
    assert git(project, "diff", "--cached", "--name-only").split() == [".gitignore", "src/code.py"]


def test_the_repository_of_a_hook_is_left_alone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (other := tmp_path / "other").mkdir()
    git(other, "init")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    commit_project(project, "fresh")
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert git(other, "status", "--porcelain", "--untracked-files=no") == ""


def test_without_git_there_is_no_commit_and_no_failure(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(NoCommit, match="git is not installed"):
        commit_project(project, "fresh")
    with pytest.raises(UsageFailed, match="git is not installed"):
        demand_git()


def test_a_folder_that_the_repository_around_it_ignores_gets_its_own(project: Path) -> None:
    git(project.parent, "init")
    (project.parent / ".gitignore").write_text("new one/\n", encoding="utf-8")
    commit_project(project, "fresh")
    assert git(project, "log", "--format=%s") == "Start fresh\n"
    assert (project / ".git").is_dir()


def test_what_a_killed_run_has_left_is_not_committed(project: Path) -> None:
    (project / ".modwright-x" / "new one").mkdir(parents=True)
    (project / ".modwright-x" / "new one" / "half.py").touch()
    commit_project(project, "fresh")
    assert ".modwright-x" not in git(project, "ls-files")
