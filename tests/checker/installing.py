"""Wheels with files of any kind, installed in a real environment and imported there."""

import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from zipfile import ZipFile

import pytest
from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet
from packaging.tags import sys_tags

from modwright.errors import EnvironmentFailed
from modwright_check.collect.answers import answered
from modwright_check.config.configuration import Configuration
from modwright_check.index.evidence import Evidence
from modwright_check.model.environment import Environment
from modwright_check.rules.questions import questions
from modwright_check.run.environment import create_environment, install_wheel
from modwright_check.run.probe_client import Interpreter
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import wheel_modules
from modwright_check.wheel.source_map import SourceMap

INFO = "sample-1.dist-info"


@dataclass
class Project:
    """A project in the making: its folder, its environment, what its wheel is to hold.

    Args:
        folder: A temporary one.
        environment: A clean one.
        files: Of the wheel, by their paths in it.
        pyproject: What pyproject.toml has below `[project]`.
        metadata: Lines of its own in METADATA.
        entry_points: The wheel's entry_points.txt.
        tag: Of the wheel; by default that of this Python and platform.
    """

    folder: Path
    environment: Environment
    files: dict[str, bytes] = field(default_factory=dict)
    pyproject: str = ""
    metadata: str = ""
    entry_points: str = ""
    tag: str = ""

    def write(self, files: Mapping[str, str]) -> None:
        """Add source files, in `src/` and in the wheel; scripts lie in `scripts/`."""
        for name, text in files.items():
            content = dedent(text).encode()
            self.files[name] = content
            source = name.replace("sample-1.data/", "") if ".data/" in name else f"src/{name}"
            file = self.folder / source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def compile(self, name: str, source: str, *flags: str) -> None:
        """Add an extension to the wheel, built from a source in C with the given flags."""
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None:
            pytest.skip("no C compiler here: extensions are built by these tests")
        code, built = self.folder / "native.c", self.folder / "native.so"
        code.write_text(dedent(source), encoding="utf-8")
        include = subprocess.run(
            [self.environment.python, "-c", "import sysconfig as s; print(s.get_path('include'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        if not Path(include, "Python.h").exists():
            pytest.skip("no headers of this Python here: extensions are built by these tests")
        command = [compiler, "-shared", "-fPIC", f"-I{include}", str(code), "-o", str(built)]
        subprocess.run([*command, *flags], check=True, capture_output=True)
        self.files[name] = built.read_bytes()

    def evidence(self, *, only_wheel: bool = False) -> Evidence:
        """Install the wheel, import every module in a fresh interpreter, answer what rules ask."""
        project = None if only_wheel else self.folder
        pyproject = f'[project]\nname = "sample"\nversion = "1"\n{dedent(self.pyproject)}'
        (self.folder / "pyproject.toml").write_text(pyproject, encoding="utf-8")
        about = f"Metadata-Version: 2.4\nName: sample\nVersion: 1\n{dedent(self.metadata)}"
        wheel = self._wheel(about)
        install_wheel(self.environment, wheel, self.folder)
        modules = tuple(wheel_modules(wheel))
        sources = SourceMap(project, self.environment.site_packages, modules)
        own = tuple(str(sources.installed(module.path)) for module in modules)
        interpreter = Interpreter(self.environment, own, 30, ProcessGroup())
        seen = Evidence(
            project=project,
            pyproject={} if only_wheel else tomllib.loads(pyproject),
            configuration=Configuration(),
            wheel=wheel,
            about=Metadata.from_email(about, validate=False),
            environment=self.environment,
            modules=modules,
            sources=sources,
            read=read_sources(sources),
            outcomes={module.name: interpreter.import_fresh(module.name) for module in modules},
        )
        return answered(questions(seen), seen, self.folder, lambda *_: None)

    def _wheel(self, about: str) -> Path:
        tag = self.tag or self._native_tag()
        files = self.files | {
            f"{INFO}/METADATA": about.encode(),
            f"{INFO}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
        }
        if self.entry_points:
            files[f"{INFO}/entry_points.txt"] = dedent(self.entry_points).encode()
        files[f"{INFO}/RECORD"] = "".join(f"{name},,\n" for name in files).encode()
        wheel = self.folder / "dist" / f"sample-1-{tag}.whl"
        wheel.parent.mkdir(exist_ok=True)
        with ZipFile(wheel, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return wheel

    def _native_tag(self) -> str:
        python = "cp" + "".join(self.environment.version.split(".")[:2])
        return f"{python}-{python}-{self.platform}"

    @property
    def platform(self) -> str:
        """Return the platform as wheels are tagged with it."""
        return next(sys_tags()).platform

    @property
    def versioned(self) -> str:
        """Return what this Python tags the files of its own extensions with."""
        return "cpython-" + "".join(self.environment.version.split(".")[:2]) + "-x86_64-linux-gnu"


def project_in(folder: Path, requires_python: str = "") -> Project:
    """Begin a project in a folder, with a Python that it admits, or skip the test without one."""
    place = folder / "sample"
    place.mkdir()
    try:
        environment = create_environment(folder / "environment", SpecifierSet(requires_python))
    except EnvironmentFailed as failure:
        pytest.skip(str(failure))
    return Project(place, environment)
