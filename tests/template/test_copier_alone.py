"""Copier alone makes a project out of the repository, and updates it, without any trust."""

import os
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml
from uv import find_uv_bin

from tests.template.answers import REPOSITORY
from tests.template.conftest import succeed

OLDEST = yaml.safe_load((REPOSITORY / "copier.yml").read_text("utf-8"))["_min_copier_version"]
TEAM = """\
license: Apache-2.0
renovate_extends: ["github>acme/renovate"]
_extends: minimal
_fixed: [license]
_owners: {"docs/*": seed}
_template: https://git.example.org/team/template.git@v1
"""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("copier", marks=pytest.mark.full),
        # CI has the oldest in modwright itself, with all lowest versions.
        pytest.param(f"copier=={OLDEST}", marks=pytest.mark.release),
    ],
)
def copier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install Copier, and nothing of ours, in an environment of its own."""
    folder = tmp_path_factory.mktemp("copier")
    succeed(find_uv_bin(), "venv", "--quiet", "environment", cwd=folder)
    scripts = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    options = ("--quiet", "--python", scripts / "python")
    succeed(find_uv_bin(), "pip", "install", *options, request.param, cwd=folder)
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


def test_what_is_not_an_answer_in_a_preset_is_passed_over(
    copier: Path, repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "team.yml").write_text(TEAM, "utf-8")
    data = ("--data-file", "team.yml")
    succeed(copier, "copy", "--defaults", *data, repository, "hello", cwd=tmp_path)
    answers = _answers(tmp_path / "hello")
    assert answers["license"] == "Apache-2.0"
    assert {key for key in answers if key.startswith("_")} == {"_commit", "_src_path"}
    assert '"github>acme/renovate"' in (tmp_path / "hello" / "renovate.json").read_text("utf-8")


@pytest.mark.parametrize("how", ["update", "recopy"])
def test_the_preset_of_a_project_is_carried_on(
    how: str, copier: Path, repository: Path, tmp_path: Path
) -> None:
    project = tmp_path / "hello"
    standard = {
        "preset": "git+https://git.example.org/team/standard.git@v1#python.yml",
        "preset_version": "1" * 40,
        "renovate_extends": ["github>acme/renovate"],
    }
    with (tmp_path / "standard.yml").open("w", encoding="utf-8") as file:
        yaml.safe_dump(standard, file)  # as `modwright new` hands them to Copier
    data = ("--data-file", "standard.yml")
    succeed(copier, "copy", "--defaults", *data, repository, project, cwd=tmp_path)
    succeed("git", "init", "--quiet", cwd=project)
    _commit(project)
    before = (project / ".copier-answers.yml").read_text("utf-8")
    settings = (project / "renovate.json").read_text("utf-8")
    _append(repository / "template" / "CHANGELOG.md", "not for old projects\n")
    _release(repository, "v1.1.0")
    force = ("--overwrite",) if how == "recopy" else ()

    succeed(copier, how, "--defaults", *force, cwd=project)

    after = (project / ".copier-answers.yml").read_text("utf-8")
    assert after == before.replace("_commit: v1.0.0", "_commit: v1.1.0")
    assert after != before
    assert _answers(project).items() >= standard.items()
    assert (project / "renovate.json").read_text("utf-8") == settings


def _answers(project: Path) -> dict[str, Any]:
    answers: dict[str, Any] = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
    return answers


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", newline="\n") as opened:
        opened.write(text)


def _release(repository: Path, tag: str) -> None:
    _commit(repository)
    succeed("git", "tag", tag, cwd=repository)


def _commit(folder: Path) -> None:
    succeed("git", "add", "--all", cwd=folder)
    succeed("git", "commit", "--quiet", "--message=x", cwd=folder)
