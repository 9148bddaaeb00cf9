"""A new project passes everything that it brings, before its first commit."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.template.answers import Answers, pairwise, presets, questions
from tests.template.conftest import Render, succeed

pytestmark = pytest.mark.slow

HERE = Path(sys.executable).parent
PYTHONS: list[str] = questions()["requires_python"]["choices"]


@pytest.mark.parametrize(
    "answers", [*pairwise(), *(pytest.param(each, id=name) for name, each in presets().items())]
)
def test_a_new_project_is_clean(
    render: Render,
    answers: Answers,
    caches: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    project = render(answers)
    lowest = str(answers.get("requires_python", PYTHONS[0]))
    version = lowest if _is_here(lowest) else next(filter(_is_here, reversed(PYTHONS)))
    if version != lowest:
        _admit(version, project)
        record_property("note", f"Python {lowest} is not here: tested on {version} instead")
    python = _install(project, tmp_path / "environment", version)
    tools = python.parent
    succeed(tools / "ruff", "check", "--no-cache", cwd=project)
    succeed(tools / "ruff", "format", "--check", "--no-cache", cwd=project)
    succeed(tools / "coverage", "run", cwd=project)
    succeed(tools / "coverage", "report", cwd=project)
    succeed(tools / "mypy", "--cache-dir", caches / answers.get("stack", "stdlib"), cwd=project)
    succeed(tools / "lint-imports", "--no-cache", cwd=project)
    succeed(find_uv_bin(), "build", "--quiet", "--out-dir", tmp_path / "dist", cwd=project)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    [sdist] = (tmp_path / "dist").glob("*.tar.gz")
    succeed(HERE / "twine", "check", "--strict", sdist, wheel, cwd=project)
    succeed(HERE / "check-wheel-contents", wheel, cwd=project)
    succeed(HERE / "modwright", "check", "--strict", project, cwd=tmp_path)
    succeed(HERE / "zizmor", "--offline", "--pedantic", "--quiet", project, cwd=project)


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mypy reads the same libraries for each project of one stack."""
    return tmp_path_factory.mktemp("mypy")


def _is_here(version: str) -> bool:
    found = subprocess.run(
        [find_uv_bin(), "python", "find", "--no-python-downloads", version],
        check=False,
        capture_output=True,
    )
    return found.returncode == 0


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


def _install(project: Path, environment: Path, python: str) -> Path:
    """Install a project with its development tools; return the interpreter."""
    uv = find_uv_bin()
    succeed(uv, "venv", "--quiet", "--python", python, environment, cwd=project)
    interpreter = next(path for path in _pythons(environment) if path.exists())
    options = ("--quiet", "--python", interpreter)
    succeed(uv, "pip", "install", *options, "--editable", ".", "--group", "dev", cwd=project)
    return interpreter


def _pythons(environment: Path) -> Iterator[Path]:
    yield environment / "bin" / "python"
    yield environment / "Scripts" / "python.exe"
