"""The projects of the corpus as test cases: where they lie, what they expect and need."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from modwright_check.run.environment import installed_pythons

CORPUS = Path(__file__).parent


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that a case must have: its code, its file, its line."""

    code: str
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.file or 'the wheel'}:{self.line or '-'}"


@dataclass(frozen=True)
class Case:
    """A project of the corpus, and what its check must say.

    Args:
        folder: The project, with `expected.toml`.
        about: What is wrong with it, or only looks wrong.
        findings: All errors and warnings.
        infos: Infos that must be among those reported.
        modules: The modules that are checked; empty when this is not the case's matter.
        options: Of the command line.
        needs: What the machine must have.
        files: Files whose names cannot be kept in every file system, by their paths.
    """

    folder: Path
    about: str
    findings: frozenset[Expected]
    infos: frozenset[Expected] = frozenset()
    modules: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def codes(self) -> frozenset[str]:
        """The codes of what must be found."""
        return frozenset(expected.code for expected in self.findings | self.infos)

    def lay_out(self, folder: Path) -> Path:
        """Copy the project to a place of its own, with the back end that it builds with."""
        project = folder / self.folder.name
        shutil.copytree(self.folder, project, ignore=shutil.ignore_patterns("expected.toml"))
        shutil.copy(CORPUS / "back_end.py", project)
        for name, content in self.files.items():
            (project / name).write_text(content, encoding="utf-8")
        return project


def read_case(folder: Path) -> Case:
    """Return the case in a folder."""
    content = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    unknown = content.keys() - Case.__dataclass_fields__.keys()
    if unknown:
        raise ValueError(f"{folder.name}: expected.toml does not know {unknown}")
    return Case(
        folder,
        about=content["about"],
        findings=_expected(content["findings"]),
        infos=_expected(content.get("infos", [])),
        modules=tuple(content.get("modules", ())),
        options=tuple(content.get("options", ())),
        needs=tuple(content.get("needs", ())),
        files=content.get("files", {}),
    )


def cases(kind: str) -> list[Case]:
    """Return the `broken` or the `harmless` ones, in the order of their names."""
    return [read_case(folder) for folder in sorted((CORPUS / kind).iterdir()) if folder.is_dir()]


def _expected(findings: list[dict[str, Any]]) -> frozenset[Expected]:
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return frozenset(
        Expected(each["code"], each.get("file", "").format(suffix=suffix) or None, each.get("line"))
        for each in findings
    )


def lacking(need: str, folder: Path) -> bool:
    """Return whether this machine does not have what a case needs.

    A need is `linux`, `posix`, `network`, `case-sensitive` (file names), a program such as `gcc`, a
    Python that is found here (`python3.12`: a case whose check is to use it demands it, or asks for
    it by an option), or a bound for the Python that runs: `python<3.12` or `python>=3.12`.
    """
    if bound := re.fullmatch(r"python(<|>=)(\d+)\.(\d+)", need):
        below = sys.version_info[:2] < (int(bound[2]), int(bound[3]))
        return below != (bound[1] == "<")
    if version := re.fullmatch(r"python(\d+\.\d+)", need):
        return version[1] not in _pythons()
    match need:
        case "linux":
            return sys.platform != "linux"
        case "posix":
            return os.name != "posix"
        case "network":
            return "UV_OFFLINE" in os.environ
        case "case-sensitive":
            (folder / "case").touch()
            return (folder / "CASE").exists()
    return not _runs(need)


@cache
def _pythons() -> frozenset[str]:
    here = "{}.{}".format(*sys.version_info)  # which need not be on the path
    return frozenset({here, *(version.rpartition(".")[0] for version in installed_pythons())})


@cache
def _runs(program: str) -> bool:
    """Return whether a program is there; a shim that finds nothing to call is none."""
    try:
        return not subprocess.run(
            [program, "--version"], check=False, capture_output=True
        ).returncode
    except OSError:
        return False
