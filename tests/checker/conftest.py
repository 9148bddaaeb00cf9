"""A clean environment of its own, and modules in it to import."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet

from modwright_check.collect.answers import answered
from modwright_check.config.configuration import Configuration
from modwright_check.index.evidence import Evidence
from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.questions import questions
from modwright_check.rules.triage import judge
from modwright_check.run.environment import create_environment
from modwright_check.run.probe_client import Interpreter
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap
from tests.conftest import WriteFiles

_numbers = count()

LOADED = Outcome(loaded=True, exit_code=0, time_limit=30)


class Imported(NamedTuple):
    """What became of one import, and the errors that are found in it."""

    name: str
    outcome: Outcome
    errors: tuple[Finding, ...]


Import = Callable[..., Imported]


def _wheel(folder: Path, files: Mapping[str, str]) -> Path:
    with ZipFile(folder / "sample-1-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr("sample-1.dist-info/WHEEL", "Tag: py3-none-any\n")
    return folder / "sample-1-py3-none-any.whl"


def _dotted(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Create a real environment, once: each test brings modules of names that no other has."""
    folder = tmp_path_factory.mktemp("environments").resolve()
    return create_environment(folder / "clean", SpecifierSet())


@pytest.fixture
def import_source(environment: Environment, tmp_path: Path, write_files: WriteFiles) -> Import:
    """Import a module of this source as the check would, next to others that are given by name."""

    def import_source(
        source: str,
        others: Mapping[str, str] | None = None,
        *,
        name: str | None = None,
        time_limit: float = 30,
    ) -> Imported:
        name = name or f"sample_{next(_numbers)}"
        files = {f"{name}.py": source, **(others or {})}
        write_files(environment.site_packages, files)
        write_files(tmp_path / "src", files)
        modules = tuple(Module(_dotted(file), PurePosixPath(file)) for file in files)
        sources = SourceMap(tmp_path, environment.site_packages, modules)
        own = tuple(str(sources.installed(module.path)) for module in modules)
        interpreter = Interpreter(environment, own, time_limit, ProcessGroup())
        outcome = interpreter.import_fresh(name)
        evidence = Evidence(
            project=tmp_path,
            pyproject={},
            configuration=Configuration(),
            wheel=_wheel(tmp_path, files),
            about=Metadata.from_email("Metadata-Version: 2.1\nName: sample\nVersion: 1\n"),
            environment=environment,
            modules=modules,
            sources=sources,
            read=read_sources(sources),
            outcomes={module.name: LOADED for module in modules} | {name: outcome},
        )
        evidence = answered(questions(evidence), evidence, tmp_path, lambda *_: None)
        errors = [found for found in judge(evidence) if found.severity is Severity.ERROR]
        return Imported(name, outcome, tuple(found for found in errors if found.module == name))

    return import_source
