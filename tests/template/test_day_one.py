"""A new project passes everything that it brings, before its first commit.

The whole list takes 5 to 80 seconds of a processor a project, the longest where C++ is compiled.
So one goes through it always, most presets with `-m full`, and all sets with `-m release`.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
import yaml
from uv import find_uv_bin

from tests.covering import covering
from tests.template.answers import COVERING, Answers, pairwise, presets
from tests.template.branches import Place, recorded
from tests.template.bytecode import borrowed_bytecode
from tests.template.conftest import Render, TypeCheck, copy, succeed
from tests.template.course import solve_all
from tests.template.pythons import PYTHONS, is_here, newest_here

PAIRWISE = pairwise()
ALWAYS = {"minimal"}
HEAVY = {"ml-pipeline"}  # as much as three others: for releases

HERE = Path(sys.executable).parent


def _marks(preset: str) -> list[pytest.MarkDecorator]:
    if preset in ALWAYS:
        return []
    return [pytest.mark.release if preset in HEAVY else pytest.mark.full]


@pytest.mark.parametrize(
    "answers",
    # The preset of a web backend has the same tables.
    [pytest.param({"stack": "sqlalchemy"}, id="sqlalchemy", marks=pytest.mark.release)]
    + [pytest.param(answers, id=name, marks=_marks(name)) for name, answers in presets().items()]
    + [
        pytest.param(answers, id=str(number), marks=pytest.mark.release)
        for number, answers in enumerate(PAIRWISE)
    ],
)
def test_a_new_project_is_clean(
    render: Render,
    answers: Answers,
    type_check: TypeCheck,
    shared: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    project = render(answers)
    if answers.get("exercises"):
        solve_all(project)
    lowest = str(answers.get("requires_python", PYTHONS[0]))
    version = lowest if is_here(lowest) else newest_here()
    if version != lowest:
        _admit(version, project)
        record_property("note", f"Python {lowest} is not here: tested on {version} instead")
    if request.node.get_closest_marker("full"):  # the check imports each module alone as well
        monkeypatch.setenv(
            "PYTEST_ADDOPTS", "--deselect=tests/test_imports.py::test_module_imports"
        )
    tools = _environment(project, tmp_path / "environment", version)
    wheel, sdist = _build(project, tmp_path / "dist", tools / "python")
    if shutil.which("cc"):
        is_pure = wheel.name.endswith("-none-any.whl")
        assert is_pure == (answers.get("extension", "none") == "none")
    if answers.get("extension") != "c":  # whose back end refuses it
        assert f"Import-Name: {_recorded(project)['package_name']}\n" in _metadata(wheel)
    _install(project, tools / "python", wheel)
    with borrowed_bytecode(tools.parent, shared / "bytecode"):
        succeed(tools / "ruff", "check", "--no-cache", cwd=project)
        succeed(tools / "ruff", "format", "--check", "--no-cache", cwd=project)
        succeed(tools / "coverage", "run", cwd=project)
        succeed(tools / "coverage", "report", cwd=project)
        type_check(tools / "mypy", project)
        succeed(tools / "lint-imports", "--no-cache", cwd=project)
    succeed(HERE / "twine", "check", "--strict", sdist, wheel, cwd=project)
    succeed(HERE / "check-wheel-contents", wheel, cwd=project)
    # C++ is compiled once only.
    checked = wheel if answers.get("extension") == "cpp" else project
    succeed(HERE / "modwright", "check", "--strict", checked, cwd=tmp_path)
    succeed(HERE / "zizmor", "--offline", "--pedantic", "--quiet", project, cwd=project)


def _admit(version: str, project: Path) -> None:
    """Lower what a project demands to a Python that is here."""
    for name, demand, lowered in (
        ("pyproject.toml", r'(?<=requires-python = ">=)[\d.]+', version),
        ("tools/zipapp_start.py", r"(?<=^LOWEST = \().*(?=\)$)", version.replace(".", ", ")),
        ("tests/test_zipapp.py", r"(?<= needs Python )[\d.]+", version),
    ):
        if (file := project / name).exists():
            text = file.read_text("utf-8")
            file.write_text(re.sub(demand, lowered, text, flags=re.MULTILINE), "utf-8")


def _environment(project: Path, environment: Path, python: str) -> Path:
    """Make an environment; return the folder of its programs."""
    succeed(find_uv_bin(), "venv", "--quiet", "--python", python, environment, cwd=project)
    return environment / ("Scripts" if os.name == "nt" else "bin")


def _build(project: Path, into: Path, python: Path) -> tuple[Path, Path]:
    """Build a project's wheel, which is tested and judged, and its source distribution."""
    options = ("--quiet", "--python", python, "--out-dir", into)
    succeed(find_uv_bin(), "build", *options, cwd=project)
    [wheel], [sdist] = into.glob("*.whl"), into.glob("*.tar.gz")
    return wheel, sdist


def _recorded(project: Path) -> dict[str, str]:
    answers: dict[str, str] = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
    return answers


def _metadata(wheel: Path) -> str:
    with ZipFile(wheel) as archive:
        [name] = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name).decode("utf-8")


def _install(project: Path, python: Path, wheel: Path) -> None:
    """Install a project's wheel with its development tools."""
    options = ("--quiet", "--python", python)
    succeed(find_uv_bin(), "pip", "install", *options, wheel, "--group", "dev", cwd=project)


@pytest.mark.release  # by hand too, when a branch is said to be rendered by none of them
def test_the_chosen_sets_take_every_branch(template: Path, tmp_path: Path) -> None:
    def taken(answers: Answers) -> set[Place]:
        with TemporaryDirectory(dir=tmp_path) as folder, recorded() as branches:
            copy(template, Path(folder) / "hello", answers)
        return branches.taken

    # Presets answer all questions; without answers the project is the one of `minimal`.
    without_sets = set().union(*map(taken, [{}, *presets().values()]))
    by_sets = [taken(answers) - without_sets for answers in PAIRWISE]
    covered = set().union(*(by_sets[number] for number in COVERING))
    best = covering(
        range(len(PAIRWISE)), by_sets.__getitem__, lambda number: _cost(PAIRWISE[number])
    )
    assert covered == set().union(*by_sets), f"write COVERING = {tuple(best)}"


def _cost(answers: Answers) -> int:
    """Return how long a set takes, beside a plain one."""
    return (
        1
        + {"c": 1, "cpp": 5}.get(answers.get("extension", ""), 0)
        + (answers.get("stack") == "sqlalchemy")
        + (answers.get("frozen") == "host")
        + (0 if answers.get("trade", "none") == "none" else 4)
    )
