"""The template as a plain folder, and projects rendered from it as Copier alone would."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import copier
import pytest
from copier import Settings, run_copy
from plumbum import local

from modwright.scaffold.compiling import compiled_once
from modwright_check.system.locks import hold
from tests.template.answers import REPOSITORY, Answers

Render = Callable[[Answers], Path]
TypeCheck = Callable[[Path, Path], None]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template without its repository: no git, no tags, only what is on disk now."""
    folder = tmp_path_factory.mktemp("template")
    shutil.copy(REPOSITORY / "copier.yml", folder)
    for part in ("includes", "template"):
        shutil.copytree(
            REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    return folder


@pytest.fixture(scope="session", autouse=True)
def pythons_of_pyenv() -> Iterator[None]:
    """Let uv find every Python that pyenv has installed, not only the one it has chosen."""
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    more = [str(folder) for folder in sorted(root.glob("versions/*/bin"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([os.environ["PATH"], *more]))
        yield


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Compile the same text once a process; two thirds of a rendering are Jinja's compiler."""
    with compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def questions_read_once() -> Iterator[None]:
    """Read the same `copier.yml` once a process; a third of a rendering is the YAML of it."""
    load = copier._template.load_template_config
    loaded: dict[bytes, dict[str, Any]] = {}

    def load_once(file: Path, quiet: bool = False) -> dict[str, Any]:
        text = file.read_bytes()
        if text not in loaded:
            loaded[text] = load(file, quiet)
        return deepcopy(loaded[text])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copier._template, "load_template_config", load_once)
        yield


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(pytestconfig, "workerinput") else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def rendered(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Render a project, once for equal answers."""
    folder = tmp_path_factory.mktemp("rendered")
    projects: dict[str, Path] = {}

    def rendered(answers: Answers) -> Path:
        key = json.dumps(answers, sort_keys=True)
        if key not in projects:
            projects[key] = folder / str(len(projects)) / "hello"
            copy(template, projects[key], answers)
        return projects[key]

    return rendered


@pytest.fixture
def render(rendered: Render, tmp_path: Path) -> Render:
    """Give a test a rendered project of its own."""

    def render(answers: Answers) -> Path:
        return Path(shutil.copytree(rendered(answers), tmp_path / "hello", symlinks=True))

    return render


@pytest.fixture(scope="session")
def type_check(shared: Path) -> TypeCheck:
    """Run a project's own mypy. Most of what it reads are libraries, and read once for all."""

    def type_check(mypy: Path, project: Path) -> None:
        with alone(shared / "mypy.lock"):
            succeed(mypy, "--cache-dir", shared / "mypy", cwd=project)

    return type_check


@pytest.fixture(autouse=True, scope="session")
def tests_of_projects_share_no_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give those of this worker a place of their own: pytest clears away what others have left."""
    tmp_path_factory.getbasetemp()  # which is our own, and stays where it is
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DEBUG_TEMPROOT", folder)
        yield


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep the other workers waiting who ask for the same file."""
    with file.open("wb") as lock:
        while not hold(lock):
            time.sleep(0.1)
        yield


@contextmanager
def as_released(template: Path, folder: Path) -> Iterator[Path]:
    """Make a repository of the template, with a release and a commit after it, that Copier sees."""
    shutil.copytree(template, folder)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    commit = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "--allow-empty")
    steps = (["init"], ["add", "--all"], [*commit, "-m=1"], ["tag", "v1.0.0"], [*commit, "-m=2"])
    for step in steps:
        succeed("git", *step, cwd=folder)
    with local.env(PATH=os.environ["PATH"]):
        yield folder


def copy(template: Path, project: Path, answers: Answers) -> None:
    """Render a project: no trust, nobody's settings, no question asked."""
    run_copy(
        str(template),
        project,
        answers,
        defaults=True,
        quiet=True,
        unsafe=False,
        settings=Settings(),
    )


def succeed(*command: str | Path, cwd: Path) -> str:
    """Run a program that has to succeed; return what it has printed."""
    finished = subprocess.run(
        list(map(str, command)), cwd=cwd, check=False, capture_output=True, text=True
    )
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout
