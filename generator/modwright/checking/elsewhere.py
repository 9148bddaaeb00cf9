"""The imports in other environments: other Pythons, the lowest versions, each extra."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from modwright.checking.evidence import Evidence
from modwright.checking.importing import import_all
from modwright.checking.interpreter import Interpreter
from modwright.checking.outcome import Outcome
from modwright.checking.report import Progress
from modwright.checking.request import ALL_PYTHONS, Request, Resolution
from modwright.checking.sources import Sources
from modwright.environment import create_environment, install_wheel, installed_pythons
from modwright.errors import UsageFailed


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
) -> tuple[dict[tuple[str, str, str], Outcome], list[str]]:
    """Import what imports here in every other environment that was asked for.

    Args:
        request: Which ones.
        evidence: What is known from the first environment.
        folder: Where to create them.
        progress: Told what is being done.

    Returns:
        What was seen of modules that fail: by code, module and what is different. And sentences on
        what could not be checked.

    Raises:
        UsageFailed: The project has no such extra.
        EnvironmentFailed: An environment cannot be built.
    """
    failed: dict[tuple[str, str, str], Outcome] = {}
    pythons, not_checked = _pythons(request, evidence)
    for number, place in enumerate((*pythons, *_lowest(request), *_extras(request, evidence))):
        progress(f"importing {place.difference}", "")
        outcomes = _import(request, evidence, place, folder / f"environment-{number}")
        for name, outcome in outcomes.items():
            if not outcome.loaded and evidence.outcomes[name].loaded:
                failed[place.code, name, place.difference] = outcome
    return failed, not_checked


def _import(
    request: Request, evidence: Evidence, place: _Elsewhere, folder: Path
) -> dict[str, Outcome]:
    python = SpecifierSet(f"=={place.python}.*") if place.python else None
    admitted = evidence.about.requires_python or SpecifierSet()
    environment = create_environment(folder, python or admitted)
    project = evidence.project or evidence.wheel.parent
    install_wheel(
        environment, evidence.wheel, project, extra=place.extra, resolution=place.resolution
    )
    sources = replace(evidence.sources, site_packages=environment.site_packages)
    interpreter = Interpreter(
        environment,
        tuple(str(sources.installed(module.path)) for module in evidence.modules),
        evidence.configuration.time_limit,
        evidence.under_way,
    )
    names = [module.name for module in evidence.modules]
    outcomes = import_all(interpreter, names, evidence.read, request.isolation, lambda _done: None)
    return {name: _moved(outcome, sources, evidence) for name, outcome in outcomes.items()}


def _moved(outcome: Outcome, sources: Sources, evidence: Evidence) -> Outcome:
    """Return an outcome as if it were of the first environment, whose files the rules know."""
    there = str(sources.site_packages)
    here = str(evidence.environment.site_packages)
    frames = tuple((file.replace(there, here), line) for file, line in outcome.frames)
    return replace(outcome, frames=frames, message=outcome.message.replace(there, here))


def _pythons(request: Request, evidence: Evidence) -> tuple[list[_Elsewhere], list[str]]:
    admitted = evidence.about.requires_python or SpecifierSet()
    wanted = [name for name in request.pythons if name != ALL_PYTHONS]
    if ALL_PYTHONS in request.pythons:
        wanted += filter(lambda version: admitted.contains(f"{version}.99"), installed_pythons())
    here = ".".join(evidence.environment.version.split(".")[:2])
    places = [
        _Elsewhere("MW714", f"on Python {version}", python=version)
        for version in dict.fromkeys(wanted)
        if version != here
    ]
    return places, []


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
