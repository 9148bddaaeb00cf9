"""The check: wheel, clean environment, every module imported on its own, findings, report."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from zipfile import BadZipFile, ZipFile

from packaging.metadata import InvalidMetadata, Metadata
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from modwright.checking.configuration import Configuration, Overrides, read_configuration
from modwright.checking.discovery import Module, wheel_modules
from modwright.checking.elsewhere import import_elsewhere
from modwright.checking.evidence import Evidence
from modwright.checking.importing import foreign_imports, import_all
from modwright.checking.interpreter import Interpreter
from modwright.checking.isolation import UnderWay
from modwright.checking.judging import judge
from modwright.checking.outcome import Outcome
from modwright.checking.reading.source import Source, read_sources
from modwright.checking.report import Finding, ModuleResult, Progress, Report
from modwright.checking.request import Isolation, Request
from modwright.checking.rules.cycles import cycle
from modwright.checking.selection import selected
from modwright.checking.siblings import with_siblings
from modwright.checking.sources import Sources
from modwright.checking.strained import import_strained
from modwright.checking.timing import import_graph, import_times
from modwright.environment import Environment, build_wheel, create_environment, install_wheel
from modwright.errors import EnvironmentFailed, UsageFailed


@dataclass(frozen=True)
class _Project:
    """What is checked: a project's folder, or a wheel that is there already."""

    folder: Path | None
    wheel: Path | None
    pyproject: Mapping[str, Any]
    requires_python: SpecifierSet


def check(request: Request, overrides: Overrides, progress: Progress) -> Report:
    """Import every module of a project as its users will: from the wheel, each on its own.

    Args:
        request: What to check, and with which interpreters and versions.
        overrides: What the command line changes in the project's configuration.
        progress: Told in a few words what is being done, and how far it has come.

    Raises:
        UsageFailed: There is no project, or its configuration is wrong.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    begin = perf_counter()
    project = _read_wheel(request) if request.project.suffix == ".whl" else _read_project(request)
    configuration = overrides.applied_to(read_configuration(project.pyproject))
    with TemporaryDirectory(prefix="modwright-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve()
        evidence, not_checked = _gather(request, project, configuration, folder, progress)
        progress("judging", "")
        findings = selected(judge(evidence), configuration, _texts(evidence).get)
        return _report(evidence, findings, not_checked, begin)


def _gather(
    request: Request,
    project: _Project,
    configuration: Configuration,
    folder: Path,
    progress: Progress,
) -> tuple[Evidence, list[str]]:
    progress("creating a clean environment", "")
    environment = create_environment(folder / "environment", project.requires_python)
    wheel = project.wheel
    if wheel is None:
        assert project.folder  # noqa: S101 (it is one or the other)
        progress("building the wheel", "")
        wheel = build_wheel(project.folder, environment, folder / "wheel")
    about = _metadata(wheel)
    progress("installing the wheel", "")
    install_wheel(environment, wheel, project.folder or wheel.parent)
    modules = tuple(wheel_modules(wheel))
    sources = Sources(project.folder, environment.site_packages, modules)
    read = read_sources(sources)
    interpreter = _interpreter(environment, sources, read, configuration)
    outcomes = _import(interpreter, modules, read, request.isolation, progress)
    fine = [name for name, outcome in outcomes.items() if outcome.loaded]
    progress("importing under strain", "")
    strained = import_strained(
        interpreter,
        fine,
        foreign_imports(read.values(), outcomes),
        zip_file=str(wheel) if configuration.zip_safe else None,
        fork=request.isolation is Isolation.TREE and interpreter.fork,
    )
    evidence = Evidence(
        project=project.folder,
        pyproject=project.pyproject,
        configuration=configuration,
        wheel=wheel,
        about=about,
        environment=environment,
        modules=modules,
        sources=sources,
        read=read,
        outcomes=outcomes,
        strained=strained,
        under_way=interpreter.under_way,
    )
    elsewhere, not_checked = import_elsewhere(request, evidence, folder, progress)
    return replace(evidence, elsewhere=elsewhere), not_checked


def _interpreter(
    environment: Environment,
    sources: Sources,
    read: Mapping[str, Source],
    configuration: Configuration,
) -> Interpreter:
    files = {module.name: str(sources.installed(module.path)) for module in sources.modules}
    return Interpreter(
        environment,
        tuple(files.values()),
        configuration.time_limit,
        UnderWay(),
        suspects=tuple(files[name] for name, source in read.items() if may_patch(source)),
        stubbed=tuple(name for name, file in files.items() if has_stub(Path(file))),
    )


def has_stub(file: Path) -> bool:
    """Return whether a stub lies beside a module's file."""
    return file.with_name(f"{file.name.partition('.')[0]}.pyi").exists()


def may_patch(source: Source) -> bool:
    """Return whether a source may assign to attributes of other modules, or to builtins."""
    assigned = re.compile(
        r"^[ \t]*(?!self\.|cls\.)[A-Za-z_]\w*(\.\w+)+(\[.*\])? *=(?!=)", re.MULTILINE
    )
    return (
        "setattr(" in source.text
        or "builtins" in source.text
        or "__dict__" in source.text
        or "vars(" in source.text
        or assigned.search(source.text) is not None
    )


def _import(
    interpreter: Interpreter,
    modules: tuple[Module, ...],
    read: Mapping[str, Source],
    isolation: Isolation,
    progress: Progress,
) -> dict[str, Outcome]:
    step = f"importing {len(modules)} modules"
    progress(step, "")
    names = [module.name for module in modules]
    outcomes = import_all(
        interpreter,
        names,
        read,
        isolation,
        lambda done: progress(step, f"({done} looked at again)"),
    )
    return with_siblings(interpreter, outcomes)


def _read_project(request: Request) -> _Project:
    """Read pyproject.toml; any Python will do when only the build back end knows which."""
    file = request.project / "pyproject.toml"
    try:
        pyproject = tomllib.loads(file.read_text(encoding="utf-8"))
        requires = SpecifierSet(pyproject.get("project", {}).get("requires-python", ""))
    except (FileNotFoundError, NotADirectoryError):
        raise UsageFailed(f"{request.project} is no project: it has no pyproject.toml.") from None
    except OSError as error:
        raise UsageFailed(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, AttributeError, TypeError) as error:
        raise UsageFailed(f"{file} is not valid: {error}.") from None
    return _Project(request.project, None, pyproject, requires)


def _read_wheel(request: Request) -> _Project:
    about = _metadata(request.project)
    return _Project(None, request.project, {}, about.requires_python or SpecifierSet())


def _metadata(wheel: Path) -> Metadata:
    """Return the core metadata of a wheel; a distribution that it vendors has some as well."""
    own = re.compile(r"[^/]+\.dist-info/METADATA")
    try:
        with ZipFile(wheel) as archive:
            path = next(filter(own.fullmatch, archive.namelist()), None)
            if path is None:
                raise UsageFailed(f"{wheel} is no wheel: it holds no metadata.")
            about = Metadata.from_email(archive.read(path), validate=False)
    except OSError as error:
        raise UsageFailed(f"{wheel} cannot be read: {error.strerror}.") from None
    except BadZipFile:
        raise UsageFailed(f"{wheel} is no wheel: it is no zip file.") from None
    try:  # they are checked when they are read
        _ = about.name, about.version, about.requires_python
    except (InvalidMetadata, InvalidSpecifier) as error:
        raise EnvironmentFailed(f"The wheel's metadata is not valid: {error}.") from None
    return about


def _texts(evidence: Evidence) -> dict[str, str]:
    return {source.file: source.text for source in evidence.read.values()}


def _report(
    evidence: Evidence, findings: tuple[Finding, ...], not_checked: list[str], begin: float
) -> Report:
    names = {module.name for module in evidence.modules}
    by_module: dict[str, list[Finding]] = {name: [] for name in sorted(names)}
    general = [found for found in findings if found.module not in names]
    for found in findings:
        if found.module in names:
            by_module[found.module].append(found)
    chains = (cycle(outcome, evidence) for outcome in evidence.outcomes.values())
    return Report(
        project=evidence.about.name,
        version=str(evidence.about.version),
        python=evidence.environment.version,
        modules=tuple(
            _module_result(name, tuple(own), evidence.outcomes.get(name))
            for name, own in by_module.items()
        ),
        seconds=perf_counter() - begin,
        general=tuple(general),
        imports=import_graph(evidence.read),
        cycles=tuple(dict.fromkeys(chain for chain in chains if chain)),
        import_times=import_times(evidence.outcomes),
        not_checked=tuple(not_checked),
    )


def _module_result(
    name: str, findings: tuple[Finding, ...], outcome: Outcome | None
) -> ModuleResult:
    if outcome is None:
        return ModuleResult(name, findings)
    return ModuleResult(name, findings, outcome.import_ms, outcome.self_ms, outcome.modules_loaded)
