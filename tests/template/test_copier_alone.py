"""Copier alone makes a project out of the repository, and updates it, without any trust."""

import os
from pathlib import Path
from shutil import copytree

import pytest
from uv import find_uv_bin

from tests.template.conftest import succeed


@pytest.fixture(scope="module")
def copier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install Copier, and nothing of ours, in an environment of its own."""
    folder = tmp_path_factory.mktemp("copier")
    succeed(find_uv_bin(), "venv", "--quiet", "environment", cwd=folder)
    scripts = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    options = ("--quiet", "--python", scripts / "python")
    succeed(find_uv_bin(), "pip", "install", *options, "copier", cwd=folder)
    return scripts / "copier"


@pytest.fixture
def repository(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the template, with one release."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ann@example.org")
    folder = copytree(template, tmp_path / "repository")
    succeed("git", "init", "--quiet", "--initial-branch=main", cwd=folder)
    _release(folder, "v1.0.0")
    return folder


def test_a_project_is_copied(copier: Path, repository: Path, tmp_path: Path) -> None:
    succeed(copier, "copy", "--defaults", repository, "hello", cwd=tmp_path)
    assert (tmp_path / "hello" / "src" / "hello" / "auth.py").is_file()
    answers = (tmp_path / "hello" / ".copier-answers.yml").read_text("utf-8")
    assert "_commit: v1.0.0" in answers


@pytest.mark.full
def test_a_project_is_updated_and_keeps_what_was_written_into_it(
    copier: Path, repository: Path, tmp_path: Path
) -> None:
    project = tmp_path / "hello"
    succeed(copier, "copy", "--defaults", repository, project, cwd=tmp_path)
    _append(project / "src" / "hello" / "auth.py", "# mine\n")
    _append(project / "CHANGELOG.md", "mine\n")
    succeed("git", "init", "--quiet", cwd=project)
    _commit(project)
    utils = repository / "template" / "src" / "{{ package_path }}" / "utils.py.jinja"
    _append(utils, "# learned\n")
    _append(repository / "template" / "CHANGELOG.md", "not for old projects\n")
    _release(repository, "v1.1.0")

    succeed(copier, "update", "--defaults", cwd=project)

    assert (project / "src" / "hello" / "utils.py").read_text("utf-8").endswith("# learned\n")
    assert (project / "src" / "hello" / "auth.py").read_text("utf-8").endswith("# mine\n")
    assert (project / "CHANGELOG.md").read_text("utf-8").endswith("mine\n")
    assert "_commit: v1.1.0" in (project / ".copier-answers.yml").read_text("utf-8")


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", newline="\n") as opened:
        opened.write(text)


def _release(repository: Path, tag: str) -> None:
    _commit(repository)
    succeed("git", "tag", tag, cwd=repository)


def _commit(folder: Path) -> None:
    succeed("git", "add", "--all", cwd=folder)
    succeed("git", "commit", "--quiet", "--message=x", cwd=folder)
