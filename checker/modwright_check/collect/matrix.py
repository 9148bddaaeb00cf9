"""The imports in other environments: other Pythons, the lowest versions, each extra."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from modwright_check.collect.import_all import import_all
from modwright_check.collect.interpreter import interpreter_for
from modwright_check.index.evidence import Evidence
from modwright_check.model.errors import UsageFailed
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import ALL_PYTHONS, Request, Resolution
from modwright_check.model.report import Progress
from modwright_check.run.environment import (
    build_wheel,
    create_environment,
    install_wheel,
    installed_pythons,
)
from modwright_check.static.preload_plan import at_import
from modwright_check.wheel.modules import wheel_modules
from modwright_check.wheel.restore import Installed
from modwright_check.wheel.source_map import Sources

# Versions that a project may admit and that are maintained: https://devguide.python.org/versions/
RELEASED = ("3.10", "3.11", "3.12", "3.13", "3.14", "3.15")


@dataclass(frozen=True)
class _Elsewhere:
    """An environment to import in, and what to say of what fails there."""

    code: str
    difference: str
    python: str | None = None
    extra: str | None = None
    resolution: Resolution = Resolution.HIGHEST


def import_elsewhere(
    request: Request, evidence: Evidence, folder: Path, progress: Progress
) -> Evidence:
    """Import what imports here in every other environment that was asked for.

    Args:
        request: Which ones.
        evidence: What is known from the first environment.
        folder: Where to create them.
        progress: Told what is being done.

    Returns:
        The evidence with what was seen of modules that fail there.

    Raises:
        UsageFailed: The project has no such extra, or a Python's version is none.
        EnvironmentFailed: An environment cannot be built.
    """
    failed: dict[tuple[str, str, str], Outcome] = {}
    pythons = _pythons(request, evidence)
    places = (*pythons, *_lowest(request), *_extras(request, evidence))
    for number, place in enumerate(places):
        progress(f"importing {place.difference}", "")
        outcomes = _import(request, evidence, place, folder / f"environment-{number}")
        for name, outcome in outcomes.items():
            if _is_new(outcome, evidence.outcomes[name], place):
                failed[place.code, name, place.difference] = outcome
    missing = _not_found(request, evidence)
    return replace(evidence, elsewhere=failed, not_checked=(*evidence.not_checked, *missing))


def _is_new(there: Outcome, here: Outcome, place: _Elsewhere) -> bool:
    """Return whether a failure is not the one that is told already, which an extra may mend."""
    if there.loaded or here.loaded:
        return not there.loaded
    return place.extra is not None and (there.error, there.message) != (here.error, here.message)


def _direct(about: Metadata, resolution: Resolution) -> list[str]:
    """Return what counts as a direct requirement besides the wheel, which to uv is the only one."""
    if resolution is not Resolution.LOWEST_DIRECT:
        return []
    required = about.requires_dist or ()
    return [str(each) for each in required if "extra" not in str(each.marker)]


def _import(
    request: Request, evidence: Evidence, place: _Elsewhere, folder: Path
) -> dict[str, Outcome]:
    admitted = evidence.about.requires_python or SpecifierSet()
    python = SpecifierSet(f"=={place.python}.*") if place.python else admitted
    environment = create_environment(folder, python)
    project = evidence.project or evidence.wheel.parent
    wheel = evidence.wheel
    if place.python and evidence.project and not wheel.name.endswith("-none-any.whl"):
        wheel = build_wheel(evidence.project, environment, folder / "wheel")
    install_wheel(
        environment,
        wheel,
        project,
        extra=place.extra,
        resolution=place.resolution,
        directly=_direct(evidence.about, place.resolution),
    )
    modules = tuple(wheel_modules(wheel))
    there = replace(
        evidence,
        environment=environment,
        modules=modules,
        sources=Sources(evidence.project, environment.site_packages, modules),
    )
    names = [module.name for module in modules if module.name in evidence.outcomes]
    outcomes = import_all(
        interpreter_for(there, folder.parent),
        Installed(wheel, environment.site_packages),
        names,
        at_import(evidence.read.values(), names),
        request.isolation,
        lambda _done: None,
    )
    return {name: _moved(outcome, there, evidence) for name, outcome in outcomes.items()}


def _moved(outcome: Outcome, there: Evidence, here: Evidence) -> Outcome:
    """Return an outcome as if it were of the first environment, whose files the rules know."""
    old, new = str(there.environment.site_packages), str(here.environment.site_packages)
    frames = tuple((file.replace(old, new), line) for file, line in outcome.frames)
    return replace(outcome, frames=frames, message=outcome.message.replace(old, new))


def _pythons(request: Request, evidence: Evidence) -> list[_Elsewhere]:
    wanted = [name for name in request.pythons if name != ALL_PYTHONS]
    if unknown := [name for name in wanted if not _is_version(name)]:
        raise UsageFailed(f"--python {unknown[0]}: no version of Python. Write one such as 3.12.")
    if ALL_PYTHONS in request.pythons:
        wanted += [version for version in installed_pythons() if _admits(evidence, version)]
    here = evidence.environment.version
    return [
        _Elsewhere("MW714", f"on Python {version}", python=version)
        for version in dict.fromkeys(wanted)
        if not f"{here}.".startswith(f"{version}.")
    ]


def _not_found(request: Request, evidence: Evidence) -> list[str]:
    """Return, when every Python was asked for, a sentence on each that is not here."""
    if ALL_PYTHONS not in request.pythons:
        return []
    here = set(installed_pythons())
    return [
        f"Imports on Python {version}, which is not installed here: only the sources were read."
        for version in RELEASED
        if version not in here and _admits(evidence, version)
    ]


def _admits(evidence: Evidence, version: str) -> bool:
    admitted = evidence.about.requires_python or SpecifierSet()
    return admitted.contains(f"{version}.99")


def _is_version(name: str) -> bool:
    try:
        Version(name)
    except InvalidVersion:
        return False
    return True


def _lowest(request: Request) -> Iterator[_Elsewhere]:
    if request.resolution is not Resolution.HIGHEST:
        yield _Elsewhere("MW208", "with the lowest versions allowed", resolution=request.resolution)


def _extras(request: Request, evidence: Evidence) -> Iterator[_Elsewhere]:
    provided = {canonicalize_name(extra) for extra in evidence.about.provides_extra or []}
    wanted = {canonicalize_name(extra) for extra in evidence.configuration.extras}
    if unknown := sorted(wanted - provided):
        raise UsageFailed(
            f"pyproject.toml: [tool.modwright.check] extras: the project has no extra {unknown[0]}."
        )
    for extra in sorted(provided if request.extras else wanted):
        yield _Elsewhere("MW209", f"with the extra {extra} installed", extra=extra)
