"""What tools that nobody here wrote say of new projects: nothing.

Their versions stand in the dependency group `judges`: what they say changes with each.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from uv import find_uv_bin

from tests.template.answers import REPOSITORY, Answers, pairwise, presets
from tests.template.conftest import Render, succeed
from tests.template.course import solve_all

AUTHOR = {"user_name": "Ann Example", "user_email": "ann@example.org"}
MOST_DEPARTURES = 4

# What the presets leave out: a namespace, all web frameworks, C++.
NAMESPACE = {
    "package_name": "acme.billing",
    "stack": "sqlalchemy",
    "subpackages": ["parts", "services.mail"],
    "external": ["django", "fastapi", "flask", "opencv"],
    "frozen": "host",
    "docs": True,
}
CPP = {"extension": "cpp", "external": ["pandas"]}
PROJECTS = {**presets(), "namespace": NAMESPACE, "cpp": CPP}
IN_FULL = {"minimal", "web-backend"}  # the smallest and the largest
READ = [
    pytest.param(
        answers, id=name, marks=pytest.mark.full if name in IN_FULL else pytest.mark.release
    )
    for name, answers in PROJECTS.items()
]
PAIRS = [pytest.param(answers, marks=pytest.mark.release) for answers in pairwise()]


@pytest.fixture(scope="session")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the commands of all judges."""
    folder = tmp_path_factory.mktemp("judges") / "environment"
    return _environment(folder, "--group", "judges", cwd=REPOSITORY)


@pytest.mark.parametrize("answers", [*PAIRS, *READ])
def test_those_who_read_the_files_find_nothing(
    render: Render, judges: Path, answers: Answers
) -> None:
    project = render(answers)
    results = _reviewed(project, judges)
    assert [name for name, result in results.items() if result is False] == []
    succeed(judges / "validate-pyproject", "pyproject.toml", cwd=project)
    succeed(judges / "bandit", "--quiet", "--recursive", "src", cwd=project)
    succeed(judges / "zizmor", "--offline", "--pedantic", "--quiet", ".", cwd=project)
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert len(settings["tool"]["repo-review"]["ignore"]) <= MOST_DEPARTURES


@pytest.mark.release  # a minute each
@pytest.mark.parametrize("answers", PROJECTS.values(), ids=PROJECTS)
def test_those_who_run_it_find_nothing(
    render: Render, judges: Path, answers: Answers, tmp_path: Path
) -> None:
    repository = "https://github.com/ann/hello"
    project = render({**answers, **AUTHOR, "repository": repository})
    if answers.get("exercises"):
        solve_all(project)
    inside = ("--group", "dev", "--group", f"{REPOSITORY / 'pyproject.toml'}:judges-inside")
    tools = _environment(tmp_path / "environment", "--editable", ".", *inside, cwd=project)
    python = tools / "python"
    succeed(judges / "codespell", cwd=project)
    succeed(judges / "rumdl", "check", "--no-cache", ".", cwd=project)
    succeed(judges / "pyroma", "--min", "10", ".", cwd=project)
    succeed(tools / "deptry", "src", cwd=project)
    succeed(judges / "ty", "check", "--python", python, "src", "tests", cwd=project)
    pyrefly = ("check", "--python-interpreter-path", python)
    succeed(judges / "pyrefly", *pyrefly, "src", "tests", cwd=project)
    _write_settings_of_pyright(project, tmp_path / "pyrightconfig.json", answers)
    pyright = ("--project", tmp_path / "pyrightconfig.json", "--pythonpath", python)
    succeed(judges / "basedpyright", *pyright, cwd=project)
    succeed(python, "-X", "dev", "-m", "pytest", "-W", "error", "--quiet", cwd=project)


@pytest.mark.full
def test_most_of_a_review_is_passed_with_docs_on_github(render: Render, judges: Path) -> None:
    results = _reviewed(render({"docs": True}), judges)
    assert len([name for name, result in results.items() if result]) >= 65


@pytest.mark.full
@pytest.mark.parametrize(
    ("answers", "outlived"),
    [
        ({"ci": "none"}, set()),
        ({"ci": "none", "docs": True}, {"PY004"}),
        ({"ci": "gitlab"}, set()),
        ({"ci": "github"}, set()),
        ({"ci": "github", "docs": True}, {"PY004"}),
    ],
)
def test_a_departure_is_declared_where_it_is_needed_or_was_before_docs_were_added(
    render: Render, judges: Path, answers: Answers, outlived: set[str]
) -> None:
    project = render(answers)
    file = project / "pyproject.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("[tool.repo-review]", "[tool.nobody]"), "utf-8")
    results = _reviewed(project, judges)
    declared = tomllib.loads(text)["tool"]["repo-review"]["ignore"]
    assert len(declared) <= 3
    assert {name for name, result in results.items() if result is False} | outlived == set(declared)
    assert not any(results[name] is False for name in outlived)


def _environment(folder: Path, *packages: str | Path, cwd: Path) -> Path:
    """Install packages into an environment of their own; return the folder of its commands."""
    uv = find_uv_bin()
    succeed(uv, "venv", "--quiet", "--python", sys.executable, folder, cwd=cwd)
    commands = folder / ("Scripts" if sys.platform == "win32" else "bin")
    succeed(uv, "pip", "install", "--quiet", "--python", commands / "python", *packages, cwd=cwd)
    return commands


def _reviewed(project: Path, judges: Path) -> dict[str, bool | None]:
    """Return what sp-repo-review says, by the code of each check; None where it was skipped."""
    finished = subprocess.run(
        [judges / "sp-repo-review", "--format", "json", project],
        check=False,  # it exits with 3 where a check has failed
        capture_output=True,
        text=True,
    )
    checks: dict[str, dict[str, Any]] = json.loads(finished.stdout)["checks"]
    return {code: check["result"] for code, check in checks.items()}


def _write_settings_of_pyright(project: Path, file: Path, answers: Answers) -> None:
    is_whole = not {"tensorflow", "torch"} & set(answers.get("external", []))
    settings = {
        "include": [str(project / "src"), str(project / "tests")],
        "typeCheckingMode": "standard",
        # An extra that nobody has installed is not a mistake.
        "reportMissingImports": is_whole,
    }
    file.write_text(json.dumps(settings), "utf-8")
