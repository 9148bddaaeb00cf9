"""The check: wheel, clean environment, every module imported on its own, findings."""

import os
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from zipfile import BadZipFile, ZipFile

from packaging.metadata import InvalidMetadata, Metadata
from packaging.specifiers import SpecifierSet

from modwright.checking.discovery import Module, wheel_modules
from modwright.checking.findings import findings_of, no_modules
from modwright.checking.isolation import UnderWay, import_alone
from modwright.checking.report import ModuleResult, Progress, Report
from modwright.checking.sources import Sources
from modwright.environment import Environment, build_wheel, create_environment, install_wheel
from modwright.errors import EnvironmentFailed, UsageFailed

TIME_LIMIT = 30.0  # seconds an import; the slowest of the large libraries need five on a cold disk


def check_project(project: Path, progress: Progress, time_limit: float = TIME_LIMIT) -> Report:
    """Import every module of a project as its users will: from the wheel, each on its own.

    Args:
        project: The folder that holds `pyproject.toml`.
        progress: Told in a few words what is being done, and how far it has come.
        time_limit: Seconds that each import may take.

    Raises:
        UsageFailed: There is no project.
        EnvironmentFailed: The wheel or the environment cannot be built.
    """
    begin = perf_counter()
    requires_python = _requires_python(project)
    with TemporaryDirectory(prefix="modwright-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve()
        progress("creating a clean environment", "")
        environment = create_environment(folder / "environment", requires_python)
        progress("building the wheel", "")
        wheel = build_wheel(project, environment, folder / "wheel")
        about = _metadata(wheel)
        return _check(
            wheel, about, project, environment, progress, time_limit=time_limit, begin=begin
        )


def check_wheel(wheel: Path, progress: Progress, time_limit: float = TIME_LIMIT) -> Report:
    """Import every module of a wheel, each on its own; findings name files by their path in it.

    Args:
        wheel: The file.
        progress: As for `check_project`.
        time_limit: As for `check_project`.

    Raises:
        UsageFailed: There is no wheel.
        EnvironmentFailed: The environment cannot be built.
    """
    begin = perf_counter()
    about = _metadata(wheel)
    requires_python = about.requires_python or SpecifierSet()
    with TemporaryDirectory(prefix="modwright-", ignore_cleanup_errors=True) as temporary:
        progress("creating a clean environment", "")
        environment = create_environment(Path(temporary).resolve() / "environment", requires_python)
        return _check(wheel, about, None, environment, progress, time_limit=time_limit, begin=begin)


def _check(
    wheel: Path,
    about: Metadata,
    project: Path | None,
    environment: Environment,
    progress: Progress,
    *,
    time_limit: float,
    begin: float,
) -> Report:
    progress("installing the wheel", "")
    install_wheel(environment, wheel, project or wheel.parent)
    modules = tuple(wheel_modules(wheel))
    sources = Sources(project, environment.site_packages, modules)
    results = _import_all(modules, environment, sources, progress, time_limit)
    return Report(
        project=about.name,
        version=str(about.version),
        python=environment.version,
        modules=results,
        seconds=perf_counter() - begin,
        general=() if modules else (no_modules(),),
    )


def _requires_python(project: Path) -> SpecifierSet:
    """Return which Pythons a project admits; any, when only its build back end knows."""
    file = project / "pyproject.toml"
    try:
        about = tomllib.loads(file.read_text(encoding="utf-8"))
        return SpecifierSet(about.get("project", {}).get("requires-python", ""))
    except (FileNotFoundError, NotADirectoryError):
        raise UsageFailed(f"{project} is no project: it has no pyproject.toml.") from None
    except OSError as error:
        raise UsageFailed(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, AttributeError, TypeError) as error:
        raise UsageFailed(f"{file} is not valid: {error}.") from None


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
    except InvalidMetadata as error:
        raise EnvironmentFailed(f"The wheel's metadata is not valid: {error}.") from None
    return about


def _import_all(
    modules: tuple[Module, ...],
    environment: Environment,
    sources: Sources,
    progress: Progress,
    time_limit: float,
) -> tuple[ModuleResult, ...]:
    under_way = UnderWay()

    def check(module: Module) -> ModuleResult:
        outcome = import_alone(environment, module.name, time_limit, under_way)
        return ModuleResult(
            module.name,
            findings_of(module, outcome, sources),
            outcome.import_ms,
            outcome.self_ms,
        )

    results = []
    with ThreadPoolExecutor(max_workers=_cores()) as workers:
        try:
            for result in workers.map(check, modules):
                results.append(result)
                progress(f"importing {len(modules)} modules", f"({len(results)} done)")
        except BaseException:  # Ctrl-C above all: nobody shall wait for a module that hangs
            workers.shutdown(wait=False, cancel_futures=True)
            under_way.end_all()
            raise
    return tuple(results)


def _cores() -> int:
    """Return how many cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
