"""Small kits, made without a network, unpacked and started as a learner does it."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from modwright.kits.begin.kit import this_platform
from modwright.kits.making import Wheelhouse, contents
from modwright.kits.packing import write_zip
from modwright.kits.resolving import Wheel
from modwright.kits.subject import project_in
from modwright.kits.targets import PLATFORMS, PYTHONS, Target
from tests.conftest import PATIENCE

PROJECT = {
    "pyproject.toml": """
        [build-system]
        requires = []
        build-backend = "nobody"

        [project]
        name = "small"
        version = "1"
        dependencies = ["greeting"]

        [project.scripts]
        hello = "small.hello:main"

        [dependency-groups]
        test = []
    """,
    "src/small/__init__.py": "",
    "src/small/hello.py": """
        import greeting

        def main():
            print(greeting.TEXT)
    """,
}
HERE = f"3.{sys.version_info.minor}"

MakeWheel = Callable[..., Wheel]
MakeKit = Callable[..., "Kit"]


@dataclass(frozen=True)
class Kit:
    """A kit that was unpacked."""

    root: Path

    @property
    def project(self) -> Path:
        return self.root / "small"

    @property
    def wheels(self) -> list[Path]:
        return sorted((self.root / "kit-files" / "wheels").iterdir())

    def command(self, python: str = sys.executable) -> list[str]:
        """Return what starts it, without a network where that can be had."""
        return [*without_network(), python, str(self.root / "start.py")]

    def start(
        self, python: str = sys.executable, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(python),
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            timeout=PATIENCE,
        )

    def last_line(self, python: str = sys.executable, env: Mapping[str, str] | None = None) -> str:
        """Start it; return the line that it ends in, after which there is nothing else."""
        finished = self.start(python, env)
        assert "Traceback" not in finished.stdout + finished.stderr
        assert finished.stderr == ""
        return finished.stdout.splitlines()[-1]

    def runs(self, command: str = "hello") -> str:
        folder = "Scripts" if os.name == "nt" else "bin"
        return subprocess.run(
            [self.project / ".venv" / folder / command],
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@contextmanager
def shown(kit: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Let a kit show its page; yield the process of its start, and the address."""
    command = [sys.executable, "start.py", "--serve"]
    with subprocess.Popen(
        command, cwd=kit, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        try:
            line = process.stdout.readline()
            assert line.startswith("Open http://127.0.0.1:"), line
            yield process, line.split()[1]
        finally:
            if os.name == "nt":
                process.kill()
            else:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def without_network() -> list[str]:
    command = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        return []
    works = subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0
    return command if works else []


@pytest.fixture
def make_wheel(tmp_path: Path) -> MakeWheel:
    """Make a wheel of the given files."""

    def make(name: str, files: Mapping[str, str], tag: str = "py3-none-any") -> Wheel:
        folder = tmp_path / "wheels"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}-1-{tag}.whl"
        info = f"{name}-1.dist-info"
        about = {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
        }
        lines = []
        with ZipFile(file, "w", ZIP_DEFLATED) as wheel:
            for path, text in {**files, **about}.items():
                content = dedent(text).encode()
                wheel.writestr(path, content)
                digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
                lines.append(f"{path},sha256={digest.decode()},{len(content)}\n")
            wheel.writestr(f"{info}/RECORD", "".join([*lines, f"{info}/RECORD,,\n"]))
        content = file.read_bytes()
        return Wheel(file.name, file.as_uri(), hashlib.sha256(content).hexdigest(), len(content))

    return make


@pytest.fixture
def greeting(make_wheel: MakeWheel) -> Wheel:
    """Make the wheel that the small project depends on."""
    return make_wheel("greeting", {"greeting/__init__.py": 'TEXT = "hello"\n'})


@pytest.fixture
def make_kit(tmp_path: Path, greeting: Wheel, write_files: Callable[..., Path]) -> MakeKit:
    """Make a kit of a small project, and unpack it under another name."""

    def make(
        files: Mapping[str, str] | None = None,
        *,
        into: str = "un packed ю",
        pythons: tuple[str, ...] = PYTHONS,
        wheels: tuple[Wheel, ...] = (),
    ) -> Kit:
        project = write_files(tmp_path / "small", {**PROJECT, **(files or {})})
        held = (greeting, *wheels)
        targets = {Target(PLATFORMS[this_platform()], python): held for python in pythons}
        places = {wheel: tmp_path / "wheels" / wheel.name for wheel in held}
        packed = tmp_path / "kit.zip"
        write_zip(packed, contents(project_in(project), Wheelhouse(targets, places)))
        folder = tmp_path / into
        with ZipFile(packed) as kit:
            kit.extractall(folder)
        return Kit(folder / "small-kit")

    return make


@pytest.fixture(autouse=True)
def _nobodys_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be kept in the folders of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
