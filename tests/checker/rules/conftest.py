"""Evidence over real folders, made without building or installing anything."""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any, TypedDict
from zipfile import ZipFile

import pytest
from packaging.metadata import Metadata

from modwright_check.collect.answers import answered
from modwright_check.config.configuration import Configuration
from modwright_check.index.evidence import Evidence
from modwright_check.model.environment import Environment, PythonInfo
from modwright_check.model.import_result import Outcome
from modwright_check.model.questions import Answers, Brought, BroughtByExtras, Question
from modwright_check.model.report import Finding
from modwright_check.run.environment import python_info
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import wheel_modules
from modwright_check.wheel.source_map import SourceMap
from tests.conftest import WriteFiles

Judge = Callable[[Evidence], Iterator[Finding]]
EvidenceOf = Callable[..., Evidence]
Judged = Callable[..., list[Finding]]

NOTHING = Brought({}, all_known=True)
LOADED = Outcome(loaded=True, exit_code=0, time_limit=30)
PYPROJECT = '[project]\nname = "sample"\nversion = "1"\n'


class Distribution(TypedDict, total=False):
    """Another distribution that is installed: its files, and lines of its Requires-Dist."""

    version: str
    files: Mapping[str, str]
    requires: Sequence[str]


@pytest.fixture
def evidence_of(tmp_path: Path, write_files: WriteFiles) -> EvidenceOf:
    """Make the evidence of a project whose wheel holds the given files.

    They lie in `src/` (or in another `root`) of the project, in a real wheel, and in a real
    site-packages, each with its .dist-info. Nobody imports them: `outcomes` says what was seen,
    and of every other module that it has loaded.
    """

    def evidence_of(
        files: Mapping[str, str],
        *,
        pyproject: str = PYPROJECT,
        metadata: str = "",
        entry_points: str = "",
        project: Mapping[str, str] | None = None,
        only_in_wheel: Mapping[str, str] | None = None,
        installed: Mapping[str, Distribution] | None = None,
        outcomes: Mapping[str, Outcome] | None = None,
        configuration: Configuration | None = None,
        python: str = ".".join(map(str, sys.version_info[:3])),
        root: str = "src",
        only_wheel: bool = False,
    ) -> Evidence:
        folder = tmp_path / "project"
        site_packages = tmp_path / "environment" / "lib" / "site-packages"
        pyproject = dedent(pyproject)
        in_project = {f"{root}/{name}".lstrip("/"): text for name, text in files.items()}
        write_files(folder, {**in_project, **(project or {}), "pyproject.toml": pyproject})
        in_wheel = {**files, **(only_in_wheel or {})}
        about = f"Metadata-Version: 2.4\nName: sample\nVersion: 1\n{dedent(metadata)}"
        own = _installed("sample", "1", in_wheel, about, entry_points)
        write_files(site_packages, own)
        for name, other in (installed or {}).items():
            version = other.get("version", "1.0")
            requires = "".join(f"Requires-Dist: {each}\n" for each in other.get("requires", ()))
            told = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{requires}"
            write_files(site_packages, _installed(name, version, other.get("files", {}), told))
        wheel = tmp_path / "dist" / "sample-1-py3-none-any.whl"
        wheel.parent.mkdir(exist_ok=True)
        with ZipFile(wheel, "w") as archive:
            for name in own:
                archive.write(site_packages / name, name)
        modules = tuple(wheel_modules(wheel))
        sources = SourceMap(None if only_wheel else folder, site_packages, modules)
        return Evidence(
            project=sources.project,
            pyproject={} if only_wheel else tomllib.loads(pyproject),
            configuration=configuration or Configuration(),
            wheel=wheel,
            about=Metadata.from_email(about, validate=False),
            environment=Environment(Path(sys.executable), site_packages, _this_python(python)),
            modules=modules,
            sources=sources,
            read=read_sources(sources),
            outcomes={module.name: LOADED for module in modules} | dict(outcomes or {}),
        )

    return evidence_of


def _this_python(version: str) -> PythonInfo:
    """Return what the running interpreter says of itself, as if it had another version."""
    return replace(python_info(Path(sys.executable).resolve()), version=version)


@pytest.fixture
def judged(evidence_of: EvidenceOf, tmp_path: Path) -> Judged:
    """Return what a rule says of a project; see `evidence_of` for what can be given.

    What the rule asks is answered as in a check, but no index is asked what extras bring: that is
    `brought`. Where `answers` are given, these are all.
    """

    def judged(
        judge: Judge,
        files: Mapping[str, str],
        *,
        answers: Mapping[Question[Any], Any] | None = None,
        brought: Brought = NOTHING,
        **options: object,
    ) -> list[Finding]:
        evidence = evidence_of(files, **options)
        if answers is None:
            asking = getattr(sys.modules[judge.__module__], "questions", lambda _evidence: ())
            asked = list(asking(evidence))
            of_extras: dict[Question[Any], Any] = {
                each: brought for each in asked if isinstance(each, BroughtByExtras)
            }
            others = [each for each in asked if each not in of_extras]
            known = answered(others, evidence, tmp_path, lambda *_: None).answers.known
            answers = {**known, **of_extras}
        return list(judge(replace(evidence, answers=Answers(answers))))

    return judged


def _installed(
    name: str, version: str, files: Mapping[str, str], metadata: str, entry_points: str = ""
) -> dict[str, str]:
    """Return a distribution's files as an installer lays them into site-packages."""
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    laid = {
        **files,
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/INSTALLER": "uv",
    }
    if entry_points:
        laid[f"{info}/entry_points.txt"] = entry_points
    record = f"{info}/RECORD"
    return {**laid, record: "".join(f"{each},,\n" for each in (*laid, record))}
