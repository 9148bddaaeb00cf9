"""External libraries: each in a module that works, and a burden to nobody who does not use it."""

import ast
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from uv import find_uv_bin

from tests.corpus.cases import lacking
from tests.template.answers import Answers, is_refused, questions
from tests.template.conftest import Render, TypeCheck, succeed

HERE = Path(sys.executable).parent

LIBRARIES: list[str] = questions()["external"]["choices"]
LARGE = ["torch", "tensorflow"]
LIGHT = [name for name in LIBRARIES if name not in LARGE]

# Classes of theirs are the base of the project's own, or they are set up by a decorator.
NEEDED_AT_IMPORT = ["django", "fastapi"]

# The name that a library's own documentation gives it in a program, where it is another.
CONVENTION = {"numpy": "np", "pandas": "pd", "tensorflow": "tf"}
IMPORTED_AS = {"opencv": "cv2"}


@pytest.fixture
def project(render: Render) -> Callable[..., Path]:
    """Render a project with some libraries."""

    def make(*libraries: str, **answers: object) -> Path:
        return render({"external": list(libraries), **answers})

    return make


def declared(project: Path) -> str:
    return (project / "pyproject.toml").read_text("utf-8")


def loaded(project: Path, folder: Path) -> set[str]:
    """Return all modules that are loaded when the package has been imported."""
    sources = str(project / "src")
    code = f"import sys; sys.path.insert(0, {sources!r}); import hello; print(*sys.modules)"
    modules = set(succeed(sys.executable, "-I", "-c", code, cwd=folder).split())
    assert "hello" in modules
    return modules


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_brings_one_module_and_its_tests(
    project: Callable[..., Path], library: str
) -> None:
    made = project(library)
    modules = {path.name for path in (made / "src" / "hello" / "integrations").iterdir()}
    assert modules == {"__init__.py", f"{library}.py"}
    tests = {path.name for path in (made / "tests" / "integrations").iterdir()}
    assert tests == {f"test_{library}.py"}
    assert f"`{library}`" in (made / "README.md").read_text("utf-8")


@pytest.mark.parametrize("python", questions()["requires_python"]["choices"])
def test_every_library_is_formatted_as_the_lowest_python_has_it(
    project: Callable[..., Path], python: str
) -> None:
    answers: list[Answers] = [{"external": [name], "requires_python": python} for name in LIBRARIES]
    libraries = [each["external"][0] for each in answers if not is_refused(each)]
    made = project(*libraries, requires_python=python)
    succeed(HERE / "ruff", "format", "--check", "--no-cache", cwd=made)
    succeed(HERE / "ruff", "check", "--no-cache", cwd=made)


def test_without_a_library_nothing_speaks_of_one(project: Callable[..., Path]) -> None:
    made = project()
    for file in (path for path in made.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            words = set(re.findall(r"\w+", file.read_text("utf-8").lower()))
            assert not words & {"integrations", *LIBRARIES}, file.relative_to(made)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_under_the_name_that_everybody_gives_it(
    project: Callable[..., Path], library: str
) -> None:
    file = project(library) / "src" / "hello" / "integrations" / f"{library}.py"
    names = {
        alias.name: alias.asname
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    module = IMPORTED_AS.get(library, library)
    if library in {"flask", "fastapi"}:  # from which names are taken
        assert module not in names
    else:
        assert names[module] == CONVENTION.get(library)


@pytest.mark.parametrize("library", [name for name in LIGHT if name not in NEEDED_AT_IMPORT])
def test_what_newer_pythons_load_lazily_is_all_of_the_library_and_not_needed_before(
    project: Callable[..., Path], library: str
) -> None:
    file = project(library) / "src" / "hello" / "integrations" / f"{library}.py"
    tree = ast.parse(file.read_text("utf-8"))
    imports = {
        module: names
        for module, names in imported(tree).items()
        if module.partition(".")[0] not in {"hello", *sys.stdlib_module_names}
    }
    [lazy] = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__lazy_modules__"
    ]
    assert lazy == sorted(imports)
    assert not used_at_import(tree) & set().union(*imports.values())


def imported(tree: ast.Module) -> dict[str, set[str]]:
    """Return the modules that are imported at once, each with the names that this binds."""
    found: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.name] = {alias.asname or alias.name.partition(".")[0]}
        elif isinstance(node, ast.ImportFrom):
            found[str(node.module)] = {alias.asname or alias.name for alias in node.names}
    return found


def used_at_import(node: ast.AST) -> set[str]:
    """Return the names that are looked up while a module is imported, on Python 3.14 and newer.

    Those do not evaluate annotations (PEP 649).
    """
    used = {node.id} if isinstance(node, ast.Name) else set()
    for field, value in ast.iter_fields(node):
        later = field == "body" and isinstance(node, ast.FunctionDef | ast.Lambda)
        if not (later or field in {"annotation", "returns"}):
            for child in value if isinstance(value, list) else [value]:
                used |= used_at_import(child) if isinstance(child, ast.AST) else set()
    return used


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_dependency_has_a_lowest_version(project: Callable[..., Path], library: str) -> None:
    written = tomllib.loads(declared(project(library)))["project"]
    extras = written.get("optional-dependencies", {})
    if library in LARGE:
        assert written["dependencies"] == []
        assert list(extras) == [library]
    else:
        assert extras == {}
    for requirement in [*written["dependencies"], *extras.get(library, [])]:
        assert re.fullmatch(r"[a-z0-9-]+>=[\d.]+", requirement)


@pytest.mark.parametrize("stack", ["stdlib", "sqlalchemy"])
def test_importing_the_package_loads_no_more_with_every_library(
    project: Callable[..., Path], tmp_path: Path, stack: str
) -> None:
    without = loaded(project(stack=stack), tmp_path)
    shutil.rmtree(tmp_path / "hello")
    assert loaded(project(*LIBRARIES, stack=stack), tmp_path) == without


def test_the_template_knows_each_library_by_its_answer(render: Render) -> None:
    made = render({"external": LIBRARIES})
    stored = yaml.safe_load((made / ".copier-answers.yml").read_text("utf-8"))
    assert stored["external"] == LIBRARIES
    modules = {path.stem for path in (made / "src" / "hello" / "integrations").glob("*.py")}
    assert modules == {"__init__", *LIBRARIES}


@pytest.mark.parametrize(
    ("stack", "libraries"),
    [
        pytest.param("sqlalchemy", LIGHT, marks=pytest.mark.release),
        pytest.param("stdlib", LIGHT, marks=pytest.mark.release),
    ],
)
def test_a_project_with_libraries_passes_all_that_it_brings(
    render: Render, stack: str, libraries: list[str], type_check: TypeCheck, tmp_path: Path
) -> None:
    project = render({"external": libraries, "stack": stack, "subpackages": ["billing"]})
    scripts = install(project, tmp_path / "environment", "--group", "dev")
    succeed(scripts / "ruff", "check", "--no-cache", cwd=project)
    succeed(scripts / "ruff", "format", "--check", "--no-cache", cwd=project)
    type_check(scripts / "mypy", project)
    succeed(scripts / "lint-imports", "--no-cache", cwd=project)
    succeed(scripts / "pytest", "-q", cwd=project)
    succeed(sys.executable, "-m", "modwright", "check", "--strict", ".", cwd=project)


@pytest.mark.full
def test_python_3_15_loads_a_library_at_its_first_use(render: Render, tmp_path: Path) -> None:
    if lacking("python3.15", tmp_path):
        pytest.skip("python3.15 is needed")
    libraries = [name for name in LIGHT if name not in NEEDED_AT_IMPORT]
    project = render({"external": libraries, "requires_python": "3.15"})
    scripts = install(project, tmp_path / "environment", python="3.15")
    modules = [f"hello.integrations.{library}" for library in libraries]
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    there = set(succeed(scripts / "python", "-I", "-c", code, cwd=tmp_path).split())
    assert {*modules} <= there
    assert not there & {IMPORTED_AS.get(library, library) for library in libraries}


@pytest.mark.release  # CI has the lowest versions of what a project without libraries needs
def test_the_lowest_versions_pass_too(render: Render, tmp_path: Path) -> None:
    # Those of 3.11 have no wheels for it.
    python = "3.15" if sys.version_info >= (3, 15) else "3.11"
    project = render({"external": LIGHT, "requires_python": python})
    lowest = ("--group", "test", "--resolution", "lowest-direct")
    scripts = install(project, tmp_path / "environment", *lowest)
    succeed(scripts / "pytest", "-q", cwd=project)


@pytest.mark.full
def test_importing_one_library_loads_no_other(render: Render, tmp_path: Path) -> None:
    scripts = install(render({"external": LIGHT}), tmp_path / "environment")
    modules = {IMPORTED_AS.get(name, name): name for name in LIBRARIES}
    for library in LIGHT:
        code = f"import hello.integrations.{library}, sys; print(*sys.modules)"
        all_modules = set(succeed(scripts / "python", "-I", "-c", code, cwd=tmp_path).split())
        others = {modules[name] for name in all_modules & modules.keys()} - {library}
        # Both work on arrays of NumPy's.
        assert others <= ({"numpy"} if library in {"opencv", "pandas"} else set()), library


@pytest.mark.release
@pytest.mark.parametrize("library", LARGE)
def test_a_large_library_works_where_its_extra_is_installed(
    render: Render, type_check: TypeCheck, tmp_path: Path, library: str
) -> None:
    project = render({"external": [library]})
    scripts = install(project, tmp_path / "environment", "--group", "dev", what=f".[{library}]")
    type_check(scripts / "mypy", project)
    passed = succeed(scripts / "pytest", "-q", f"tests/integrations/test_{library}.py", cwd=project)
    assert "skipped" not in passed


def install(
    project: Path, environment: Path, *options: str, what: str = ".", python: str = sys.executable
) -> Path:
    """Install a project in an environment of its own; return the folder of its programs."""
    uv = find_uv_bin()
    succeed(uv, "venv", "--quiet", "--python", python, environment, cwd=project)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    target = ("--quiet", "--python", environment)
    succeed(uv, "pip", "install", *target, "--editable", what, *options, cwd=project)
    return scripts
