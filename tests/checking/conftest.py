"""A clean environment of its own, and modules in it to import."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from packaging.specifiers import SpecifierSet

from modwright.checking.discovery import Module
from modwright.checking.findings import findings_of
from modwright.checking.isolation import Outcome, UnderWay, import_alone
from modwright.checking.report import Finding
from modwright.checking.sources import Sources
from modwright.environment import Environment, create_environment
from tests.conftest import WriteFiles

_numbers = count()


class Imported(NamedTuple):
    """What became of one import, and what is said about it."""

    name: str
    outcome: Outcome
    findings: tuple[Finding, ...]


Import = Callable[..., Imported]


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
        outcome = import_alone(environment, name, time_limit, UnderWay())
        sources = Sources(tmp_path, environment.site_packages, modules)
        return Imported(name, outcome, findings_of(modules[0], outcome, sources))

    return import_source
