"""What the tests of all rooms share: the real command, and the smallest real inputs for it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from plumbum import local

from modwright.cli import main
from modwright.commands.check import command as check_command
from modwright.git import git
from modwright.scaffold.source import Source
from modwright.scaffold.version import Version
from modwright_check.config.configuration import Configuration
from modwright_check.model.environment import Environment
from modwright_check.run.environment import build_wheel as build_by_uv
from tests.corpus.back_end import builds, write_wheel

Run = Callable[..., subprocess.CompletedProcess[str]]
CheckHere = Callable[..., tuple[int, dict[str, Any]]]
WriteFiles = Callable[[Path, Mapping[str, str]], Path]
Tree = Callable[[Path], dict[str, bytes | None]]
MakeTemplate = Callable[..., Source]
MakeProject = Callable[..., Path]
KilledRun = Callable[[Path, int], None]
ReadOnly = Callable[[Path], AbstractContextManager[None]]

# Seconds after which a program hangs: a busy machine may take its time.
PATIENCE = 900

# A back end that lays src/ into a wheel as it stands: any file, any name, and nothing to download.
BACK_END = """
    import tarfile
    import zipfile
    from pathlib import Path

    def build_sdist(folder, settings=None):
        with tarfile.open(Path(folder, "sample-1.tar.gz"), "w:gz") as sdist:
            sdist.add("METADATA", "sample-1/PKG-INFO")
            for name in ("pyproject.toml", "back_end.py", "METADATA", "src"):
                sdist.add(name, f"sample-1/{name}")
        return "sample-1.tar.gz"

    def build_wheel(folder, settings=None, metadata=None):
        info = "sample-1.dist-info"
        about = Path("METADATA").read_text()
        tag = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        with zipfile.ZipFile(Path(folder, "sample-1-py3-none-any.whl"), "w") as wheel:
            for file in sorted(Path("src").rglob("*")):
                wheel.write(file, file.relative_to("src"))
            wheel.writestr(f"{info}/METADATA", about)
            wheel.writestr(f"{info}/WHEEL", tag)
            wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\\n" for name in wheel.namelist()))
        return "sample-1-py3-none-any.whl"
"""
PYPROJECT = """
    [build-system]
    requires = []
    build-backend = "back_end"
    backend-path = ["."]

    [project]
    name = "sample"
    version = "1"
"""
# Puts a project of three files into a folder, and is killed after some renamings.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from modwright.scaffold.destination import put_in_place, staging

    destination, left = Path(sys.argv[1]), int(sys.argv[2])
    rename = os.rename

    def rename_until_killed(old, new):
        global left
        rename(old, new)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    with staging(destination) as stage:
        for name in ("README.md", "src/code.py", "src/deep/more.py"):
            (stage.project / name).parent.mkdir(parents=True, exist_ok=True)
            (stage.project / name).write_text("ours")
        os.rename = rename_until_killed
        put_in_place(stage, destination)
"""
COPIER_YML = """
    _subdirectory: template
    _templates_suffix: .jinja
    _envops: {undefined: jinja2.StrictUndefined}
    project_name: {type: str, help: Name, default: small}
"""


@dataclass(frozen=True)
class Repository:
    """A repository that presets, or a template, are taken from.

    Args:
        folder: Where it lies.
        write: Writes files into it.
    """

    folder: Path
    write: WriteFiles

    @property
    def url(self) -> str:
        """Return its address."""
        return self.folder.as_uri()

    @property
    def reference(self) -> str:
        """Return its address as presets name it."""
        return f"git+{self.url}"

    def commit(self, files: Mapping[str, str], tag: str | None = None) -> str:
        """Commit files, perhaps as a release; return the commit."""
        self.write(self.folder, files)
        git(self.folder, "add", "--all")
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        git(self.folder, *who, "commit", "--quiet", "--allow-empty", "--message=x")
        if tag:
            git(self.folder, "tag", tag)
        return git(self.folder, "rev-parse", "HEAD").strip()


MakeRepository = Callable[[str], Repository]

# How long an example takes says more of the machine than of what is tested.
settings.register_profile(
    "patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


def ends(process: int) -> bool:
    """Return whether a process has ended, or does so soon, though nobody may wait for it."""
    for _ in range(600):
        shown = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process)], check=False, capture_output=True, text=True
        )
        if shown.stdout.strip()[:1] in {"", "Z"}:
            return True
        time.sleep(0.1)
    return False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it alone at the end."""
    items.sort(key=lambda item: item.path.name != "test_day_one.py")


def pytest_xdist_auto_num_workers() -> int:
    """Run twice as many tests as there are cores: many wait for a process or for a limit."""
    return (os.cpu_count() or 1) * 2


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Let what is started be interrupted, also where a shell or nohup forbids it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if os.name != "nt":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_worker() -> None:
    """Let a pytest that is started here be on its own: what it runs is not part of this run."""
    for name in [name for name in os.environ if name.startswith("PYTEST_XDIST_")]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def _nobodys_preset() -> None:
    """Let whoever runs the tests name a preset in the settings; an empty variable opts out."""
    os.environ["MODWRIGHT_PRESET"] = ""


@pytest.fixture(scope="session", autouse=True)
def _no_git_for_copier() -> Iterator[None]:
    """Let Copier start no git where a plug-in of pytest has imported it before modwright could."""
    with local.env(PATH=""):
        yield


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in `tmp_path`, with nobody at the keyboard."""
    identity = tmp_path.with_name(f"{tmp_path.name}.gitconfig")
    identity.write_text("[user]\nname = Ann\nemail = ann@example.org\n", encoding="utf-8")

    def run(
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        under: tuple[str, ...] = (),
        stdout: int = subprocess.PIPE,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*under, sys.executable, "-m", "modwright", *arguments],
            cwd=tmp_path,
            env={**os.environ, "GIT_CONFIG_GLOBAL": str(identity), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=PATIENCE,
        )

    return run


@pytest.fixture
def run_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run the command in this process, in `tmp_path`: most of a short command is its imports.

    One test of each command has a process of its own.
    """
    monkeypatch.chdir(tmp_path)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run_here(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = ["modwright", *map(str, arguments)]
        capsys.readouterr()
        with (
            Path(os.devnull).open() as nothing,
            monkeypatch.context() as patch,
            warnings.catch_warnings(action="default"),
        ):
            patch.setattr(sys, "argv", command)
            patch.setattr(sys, "stdin", nothing)
            exit_code = main()
        return subprocess.CompletedProcess(command, exit_code, *capsys.readouterr())

    yield run_here
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def check_here(monkeypatch: pytest.MonkeyPatch) -> CheckHere:
    """Run `modwright check` in this process; return its exit code and what JSON says.

    The corpus's own back end runs here too. Both together spare half the time, and nothing of the
    check: that a process of its own does the same is shown on a sample.
    """

    def build_wheel(
        project: Path, environment: Environment, into: Path, configuration: Configuration
    ) -> Path:
        version = ".".join(map(str, sys.version_info[:3]))
        if environment.version != version or not builds(project):
            return build_by_uv(project, environment, into, configuration)
        into.mkdir()
        return into / write_wheel(project, into)

    def check_here(
        project: Path, *options: str, env: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        with monkeypatch.context() as patch:
            patch.setattr("modwright_check.collect.installation.build_wheel", build_wheel)
            arguments = [str(project), "--format", "json", *options]
            runner = CliRunner(env=env, catch_exceptions=False)
            finished = runner.invoke(check_command, arguments, standalone_mode=False)
        return finished.return_value, json.loads(finished.stdout)

    return check_here


@pytest.fixture(scope="session")
def write_files() -> WriteFiles:
    """Write a folder out of names and contents."""

    def write(folder: Path, files: Mapping[str, str]) -> Path:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(content), encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def tree() -> Tree:
    """Return what a folder holds to the last byte; None stands for a folder."""

    def content(path: Path) -> bytes | None:
        if path.is_symlink():
            return b"-> " + os.fsencode(path.readlink())
        return None if path.is_dir() else path.read_bytes()

    def tree(folder: Path) -> dict[str, bytes | None]:
        paths = folder.rglob("*")
        return {path.relative_to(folder).as_posix(): content(path) for path in paths}

    return tree


@pytest.fixture
def small_template(tmp_path: Path, write_files: WriteFiles) -> MakeTemplate:
    """Make a Copier template of a few files; more of them, and more settings, can be given."""

    def make(files: Mapping[str, str] | None = None, settings: str = "") -> Source:
        answers = "{{ dict(_copier_answers, commit=_template_commit) | to_nice_yaml }}"
        template = {
            ".copier-answers.yml.jinja": answers,
            "README.md.jinja": "# {{ project_name }}\n",
            "src/code.py": "ONE = 1\n",
        } | dict(files or {})
        root = write_files(
            tmp_path / "template-of-ours",
            {f"template/{name}": content for name, content in template.items()},
        )
        (root / "copier.yml").write_text(dedent(COPIER_YML) + dedent(settings), encoding="utf-8")
        return Source(
            root, "https://example.org/template.git", Version("1" * 40, "v1.0", changed=False)
        )

    return make


@pytest.fixture
def make_project(tmp_path: Path, write_files: WriteFiles) -> MakeProject:
    """Make a project whose wheel holds exactly the given files; `metadata` are lines of its own."""

    def make(modules: Mapping[str, str], *, metadata: str = "", pyproject: str = "") -> Path:
        about = f"Metadata-Version: 2.1\nName: sample\nVersion: 1\n{metadata}"
        files = {f"src/{name}": content for name, content in modules.items()}
        files |= {"back_end.py": BACK_END, "METADATA": about}
        files |= {"pyproject.toml": dedent(PYPROJECT) + dedent(pyproject)}
        return write_files(tmp_path / "sample", files)

    return make


@pytest.fixture
def make_repository(tmp_path: Path, write_files: WriteFiles) -> MakeRepository:
    """Make an empty repository."""

    def make(name: str) -> Repository:
        folder = tmp_path / name
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
        return Repository(folder, write_files)

    return make


@pytest.fixture
def standard(make_repository: MakeRepository) -> Repository:
    """Make the repository of a team's standard."""
    return make_repository("standard")


@pytest.fixture
def read_only() -> ReadOnly:
    """Make a folder that cannot be written to, by whatever means there are for this user."""

    @contextmanager
    def read_only(folder: Path) -> Iterator[None]:
        if os.name == "nt":
            pytest.skip("Windows has no read-only folders")
        elif os.geteuid():
            forbid, allow = ["chmod", "a-w"], ["chmod", "u+w"]
        else:  # whom permissions do not bind
            forbid, allow = ["chattr", "+i"], ["chattr", "-i"]
        if shutil.which(forbid[0]) is None:
            pytest.skip(f"no read-only folder to be had here: there is no {forbid[0]}")
        forbidden = subprocess.run([*forbid, folder], check=False, capture_output=True, text=True)
        if forbidden.returncode:
            pytest.skip(f"no read-only folder to be had here: {forbidden.stderr.strip()}")
        try:
            yield
        finally:
            subprocess.run([*allow, folder], check=True)

    return read_only


@pytest.fixture
def killed_run() -> KilledRun:
    """Let a run be killed that merges a project into a folder, after so many renamings.

    The first makes the journal; each other moves a file, to the stage or to its place.
    """
    if sys.platform == "win32":
        pytest.skip("Windows has no SIGKILL")

    def killed_run(destination: Path, renamings: int) -> None:
        command = [sys.executable, "-c", dedent(KILLED), str(destination), str(renamings)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL

    return killed_run


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what a test could not do as it should have, though it has passed."""
    passed = terminalreporter.getreports("passed")
    notes = [note for report in passed for name, note in report.user_properties if name == "note"]
    for note in sorted({str(note) for note in notes}):
        terminalreporter.write_line(f"{note} ({notes.count(note)} tests)")
