"""`modwright adopt`: a package that was made by hand, and what the template has for it."""

import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from modwright.scaffold.questions import read_questions
from modwright.scaffold.source import find_source, template_root
from modwright.upkeep.inference import infer_answers
from modwright.upkeep.toml_tables import tables, with_table
from modwright.upkeep.trees import checkout
from tests.conftest import Run
from tests.upkeep.conftest import change, git

PYPROJECT = """\
# What this is.
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "old-lib"  # since 2019
version = "3.1"
description = "Counts things"
license = "MIT"
requires-python = ">=3.12"

[tool.ruff]
line-length = 120 # we have wide screens
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a package by hand."""
    folder = tmp_path / "old"
    files = {
        "pyproject.toml": PYPROJECT,
        "src/old_lib/__init__.py": "X = 1\n",
        "README.md": "# Old\n",
        ".gitignore": "*.pyc\n",
    }
    change(folder, files)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Start")
    return folder


def test_what_is_there_and_what_could_be_added_is_told(old: Path, run: Run) -> None:
    finished = run("adopt", old, "--dry-run")
    assert finished.returncode == 0, finished.stderr
    lines = finished.stdout.splitlines()
    for line in ("✔ README.md", "☐ noxfile.py", "✔ pyproject.toml [tool.ruff]"):
        assert line in lines
    for line in ("package_name: old_lib", "requires_python: 3.12", "☐ pyproject.toml [tool.mypy]"):
        assert line in lines
    assert not [line for line in lines if "src/" in line or "tests/" in line]
    assert not git(old, "status", "--porcelain")


def test_what_is_chosen_is_added_and_all_else_is_as_it_was(old: Path, run_here: Run) -> None:
    chosen = ("--add", "noxfile.py", "--add", "*[[]tool.mypy]", "--add", ".editorconfig")
    finished = run_here("adopt", old, *chosen)
    assert finished.returncode == 0, finished.stderr
    assert git(old, "show", "--format=", "--name-status", "HEAD").splitlines() == [
        "A\t.copier-answers.yml",
        "A\t.editorconfig",
        "A\tnoxfile.py",
        "M\tpyproject.toml",
    ]
    pyproject = (old / "pyproject.toml").read_text("utf-8")
    assert pyproject.startswith(PYPROJECT)
    assert tomllib.loads(pyproject)["tool"]["mypy"]["strict"] is True
    assert not git(old, "status", "--porcelain")
    again = run_here("adopt", old, *chosen)
    assert (again.returncode, again.stdout) == (2, "")
    assert "`modwright update`" in again.stderr


@pytest.mark.full
def test_an_adopted_package_is_updated_and_compared_like_any_other(
    old: Path, run_here: Run
) -> None:
    chosen = ("--add", "noxfile.py", "--add", "SECURITY.md", "--add", "*[[]tool.mypy]")
    assert run_here("adopt", old, *chosen).returncode == 0
    assert run_here("diff", old, "--exit-code").returncode == 0
    git(old, "mv", "noxfile.py", "nox.py")
    told = run_here("diff", old, "--stat").stdout
    assert "noxfile.py" in told
    assert "README.md" not in told
    assert "src/" not in told
    answers = yaml.safe_load((old / ".copier-answers.yml").read_text("utf-8"))
    assert answers["_src_path"] == find_source().url
    assert {"README.md", "pyproject.toml [project]"} <= {*answers["left_out"]}
    assert "pyproject.toml [tool.mypy]" not in answers["left_out"]
    git(old, "commit", "--quiet", "--message=Rename")
    assert run_here("update", old).stdout == "Up to date.\n"
    before = checkout(old).files(checkout(old).tree("HEAD"))
    assert not [path for path in before if path.startswith("tests/")]
    change(old, {"pyproject.toml": f"{PYPROJECT}\n[tool.mypy]\nstrict = false\n"})
    assert "pyproject.toml" in run_here("diff", old, "--stat").stdout
    assert run_here("diff", old, "--exit-code").returncode == 1


@pytest.mark.full
def test_a_component_may_be_added_to_an_adopted_package(old: Path, run: Run) -> None:
    assert run("adopt", old, "--add", "*").returncode == 0
    added = run("add", "docs", "--project", old, "--yes", "--no-check")
    assert added.returncode == 0, added.stdout
    assert (old / "docs" / "conf.py").exists()
    assert run("diff", old, "--exit-code").returncode == 0


@pytest.mark.full
def test_a_flat_package_is_not_told_to_lie_elsewhere(old: Path, run_here: Run) -> None:
    git(old, "mv", "src/old_lib", "old_lib")
    git(old, "commit", "--quiet", "--message=Flat")
    assert run_here("adopt", old, "--add", "*").returncode == 0
    pyproject = tomllib.loads((old / "pyproject.toml").read_text("utf-8"))
    assert "mypy" not in pyproject["tool"]
    assert "coverage" in pyproject["tool"]
    assert not (old / "CONTRIBUTING.md").exists()


@pytest.mark.full
@pytest.mark.parametrize(
    ("files", "arguments", "told"),
    [
        ({"pyproject.toml": None}, [], "has no pyproject.toml"),
        ({"pyproject.toml": "[project\n"}, [], "pyproject.toml: "),
        ({"pyproject.toml": '[project]\nname = "x"\n'}, [], "--data license=VALUE"),
        ({"README.md": "# x\n"}, [], "There is no terminal"),
        ({"README.md": "# x\n"}, ["--add", "nothing"], "matches no file of the list"),
        ({"README.md": "# x\n"}, ["--data", "license=Beer"], "license: "),
    ],
)
def test_what_cannot_be_adopted_is_told_in_one_line(
    old: Path, run_here: Run, files: dict[str, str | None], arguments: list[str], told: str
) -> None:
    change(old, files)
    git(old, "add", "--all")
    git(old, "commit", "--quiet", "--message=Edit")
    head = git(old, "rev-parse", "HEAD")
    finished = run_here("adopt", old, *arguments)
    assert finished.returncode in {2, 3}
    assert told in finished.stderr
    assert finished.stderr.count("\n") == 1
    assert git(old, "rev-parse", "HEAD") == head
    assert not git(old, "status", "--porcelain")


PACKAGES: list[tuple[str, list[str], dict[str, Any]]] = [
    ('[project]\nname = "a-b"\n', ["src/a_b/__init__.py"], {"package_name": "a_b"}),
    ('[project]\nname = "a"\n', ["a/__init__.py", "tests/__init__.py"], {"package_name": "a"}),
    ('[project]\nname = "a"\n', ["src/other/__init__.py"], {"package_name": "other"}),
    ('[project]\nname = "a.b"\n', ["src/a/b/__init__.py"], {"package_name": "a.b"}),
    (
        '[project]\nname = "x"\n[tool.setuptools]\npackages = ["one"]\n',
        ["one/__init__.py", "two/__init__.py"],
        {"package_name": "one"},
    ),
    (
        '[project]\nname = "x"\n[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n',
        ["src/one/__init__.py", "src/two/__init__.py"],
        {"package_name": "one"},
    ),
    (
        """\
        [tool.poetry]
        name = "p"
        description = "Two\\nlines"
        license = "Apache-2.0"
        authors = ["Ann <ann@example.org>"]
        repository = "https://github.com/ann/p.git"
        packages = [{ include = "pp", from = "src" }]
        """,
        ["src/pp/__init__.py", "src/qq/__init__.py"],
        {
            "project_name": "p",
            "package_name": "pp",
            "description": "Two lines",
            "license": "Apache-2.0",
            "user_name": "Ann",
            "user_email": "ann@example.org",
            "repository": "https://github.com/ann/p",
            "ci": "github",
        },
    ),
    (
        '[project]\nname = "a"\nlicense = {text = "MIT"}\nrequires-python = ">=3.8,!=3.11.*"\n',
        ["src/a/__init__.py", ".gitlab-ci.yml"],
        {"license": "MIT", "requires_python": "3.12", "ci": "gitlab"},
    ),
    (
        '[project]\nname = "a"\nclassifiers = ["License :: OSI Approved :: BSD License"]\n',
        ["a/__init__.py"],
        {"license": "BSD-3-Clause"},
    ),
]


@pytest.mark.parametrize(("pyproject", "files", "answers"), PACKAGES)
def test_the_package_answers_by_itself(
    tmp_path: Path, pyproject: str, files: list[str], answers: dict[str, Any]
) -> None:
    git(tmp_path, "init", "--quiet")
    change(tmp_path, dict.fromkeys(files, ""))
    content = tomllib.loads(dedent(pyproject))
    inferred = infer_answers(tmp_path, content, read_questions(template_root()))
    assert {name: inferred.get(name) for name in answers} == answers


def test_nothing_is_made_up(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    change(tmp_path, {"one/__init__.py": "", "two/__init__.py": ""})
    content = {"project": {"name": "x", "license": "MPL-2.0", "requires-python": "<3"}}
    inferred = infer_answers(tmp_path, content, read_questions(template_root()))
    assert not {"package_name", "license", "requires_python", "repository"} & {*inferred}


def test_tables_are_cut_and_pasted_with_their_comments() -> None:
    text = "# top\n[a]\nx = 1\n\n# of b\n[tool.b]\ny = 2 # why\n\n[[tool.b.c]]\nz = 3\n\n[tool.d]\n"
    assert tables(text)["tool.b"] == "# of b\n[tool.b]\ny = 2 # why\n\n[[tool.b.c]]\nz = 3\n"
    assert with_table("[tool.b]\n", "tool.b", "[tool.b.c]\n") is None
    assert with_table("tool.b = 1\n", "tool.b", "[tool.b.c]\n") is None
    assert with_table("# mine\n[a]\n", "tool.d", "[tool.d]\n") == "# mine\n[a]\n\n[tool.d]\n"
