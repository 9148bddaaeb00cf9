"""Projects with a dotted package name share their namespace, however they are installed."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from copier import Settings, run_copy
from uv import find_uv_bin

from tests.template.conftest import Render, succeed

UV = find_uv_bin()

Make = Callable[[str], Path]


@pytest.fixture
def make(template: Path, tmp_path: Path) -> Make:
    """Make a project whose package has this name."""

    def make(package: str) -> Path:
        project = tmp_path / package.replace(".", "-")
        answers = {"package_name": package, "subpackages": ["parts"]}
        run_copy(str(template), project, answers, defaults=True, quiet=True, settings=Settings())
        return project

    return make


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Make an environment that holds pytest."""
    succeed(UV, "venv", "--quiet", "--python", sys.executable, "environment", cwd=tmp_path)
    scripts = tmp_path / "environment" / ("Scripts" if os.name == "nt" else "bin")
    interpreter = scripts / ("python.exe" if os.name == "nt" else "python")
    succeed(UV, "pip", "install", "--quiet", "--python", interpreter, "pytest>=9.2", cwd=tmp_path)
    return interpreter


@pytest.mark.parametrize("package", ["acme.billing", "acme.shop.front"])
def test_the_package_lies_below_its_namespace_and_nothing_else_does(
    render: Render, package: str
) -> None:
    sources = render({"package_name": package}) / "src"
    own = sources.joinpath(*package.split("."))
    assert {path for path in sources.rglob("*") if path.is_file()} == set(own.iterdir())
    assert (own / "py.typed").is_file()


def test_only_a_package_in_a_namespace_has_tests_of_one(render: Render) -> None:
    assert not (render({}) / "tests" / "test_namespace.py").exists()


@pytest.mark.parametrize(
    ("billing", "auth"),
    [
        pytest.param("wheel", "wheel", marks=pytest.mark.release),
        pytest.param("editable", "editable", marks=pytest.mark.release),
        pytest.param("wheel", "editable", marks=pytest.mark.release),
        pytest.param("editable", "wheel", marks=pytest.mark.full),
    ],
)
def test_two_projects_share_a_namespace(make: Make, python: Path, billing: str, auth: str) -> None:
    projects = {make("acme.billing"): billing, make("acme.auth"): auth}
    for project, form in projects.items():
        _install(project, form, python)
    for project, form in projects.items():
        package = project.name.replace("-", ".")
        ask = f"import {package} as package; print(package.__file__)"
        where = succeed(python, "-I", "-c", ask, cwd=project)
        assert Path(where.strip()).is_relative_to(project) == (form == "editable")
        # Its tests import each module in a fresh interpreter, from where it is installed.
        succeed(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)


@pytest.mark.full
@pytest.mark.parametrize("stray", ["acme", "acme/shop"])
def test_a_stray_init_is_caught_by_the_project_itself(make: Make, python: Path, stray: str) -> None:
    project = make("acme.shop.front")
    _install(project, "editable", python)
    (project / "src" / stray / "__init__.py").touch()
    run = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_namespace.py"],
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    failed = set(re.findall(r"^FAILED \S+::(\w+)\[(\S+)\]", run.stdout, re.MULTILINE))
    name = stray.replace("/", ".")
    assert failed == {
        ("test_the_namespace_holds_no_module_of_its_own", name),
        ("test_no_project_has_claimed_the_namespace", name),
    }


@pytest.mark.full
def test_modwright_check_names_the_namespace_that_is_claimed(make: Make) -> None:
    project = make("acme.billing")
    (project / "src" / "acme" / "__init__.py").touch()
    run = subprocess.run(
        [sys.executable, "-m", "modwright", "check", project],
        check=False,
        capture_output=True,
        text=True,
    )
    # The project's own build back end refuses it; with others it is MW407.
    assert run.returncode == 4
    assert "__init__.py" in run.stderr
    assert "src/acme" in run.stderr


def _install(project: Path, form: str, python: Path) -> None:
    options = ["--editable"] if form == "editable" else []
    succeed(UV, "pip", "install", "--quiet", "--python", python, *options, project, cwd=project)
