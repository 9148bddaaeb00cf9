"""A new project passes everything that it brings, before its first commit."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.template.answers import Answers, pairwise
from tests.template.conftest import Render, succeed

pytestmark = pytest.mark.slow

HERE = Path(sys.executable).parent


@pytest.mark.parametrize("answers", pairwise())
def test_a_new_project_is_clean(
    render: Render, answers: Answers, caches: Path, tmp_path: Path
) -> None:
    project = render(answers)
    python = _install(project, tmp_path / "environment", str(answers["requires_python"]))
    tools = python.parent
    succeed(tools / "ruff", "check", "--no-cache", cwd=project)
    succeed(tools / "ruff", "format", "--check", "--no-cache", cwd=project)
    succeed(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    succeed(tools / "mypy", "--cache-dir", caches / answers["stack"], cwd=project)
    succeed(tools / "lint-imports", "--no-cache", cwd=project)
    succeed(find_uv_bin(), "build", "--quiet", "--out-dir", tmp_path / "dist", cwd=project)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    [sdist] = (tmp_path / "dist").glob("*.tar.gz")
    succeed(HERE / "twine", "check", "--strict", sdist, wheel, cwd=project)
    succeed(HERE / "check-wheel-contents", wheel, cwd=project)
    succeed(HERE / "zizmor", "--offline", "--pedantic", "--quiet", project, cwd=project)


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mypy reads the same libraries for each project of one stack."""
    return tmp_path_factory.mktemp("mypy")


def _install(project: Path, environment: Path, lowest: str) -> Path:
    """Install a project with its development tools, on the lowest Python that it admits."""
    uv = find_uv_bin()
    if subprocess.run(
        [uv, "python", "find", "--no-python-downloads", lowest], check=False
    ).returncode:
        # No such Python here. All but the interpreter is proven; say so where it is read.
        print(f"Python {lowest} is not here: tested on {sys.version.split()[0]} instead")
        _admit_this_python(project)
        lowest = sys.executable
    succeed(uv, "venv", "--quiet", "--python", lowest, environment, cwd=project)
    python = next(path for path in _pythons(environment) if path.exists())
    options = ("--quiet", "--python", python)
    succeed(uv, "pip", "install", *options, "--editable", ".", "--group", "dev", cwd=project)
    return python


def _admit_this_python(project: Path) -> None:
    file = project / "pyproject.toml"
    text = file.read_text("utf-8")
    here = ".".join(map(str, sys.version_info[:2]))
    file.write_text(re.sub(r'(requires-python = ">=)[\d.]+', rf"\g<1>{here}", text), "utf-8")


def _pythons(environment: Path) -> Iterator[Path]:
    yield environment / "bin" / "python"
    yield environment / "Scripts" / "python.exe"
