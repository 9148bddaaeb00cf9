"""The environments to import in besides the first: other Pythons, lowest versions, extras."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from modwright_check.config.configuration import Configuration
from modwright_check.model.errors import UsageFailed
from modwright_check.model.options import ALL_PYTHONS, Options, Resolution
from modwright_check.model.python_versions import (
    MINORS,
    OLDEST,
    admitted_minors,
    minor_of,
)
from modwright_check.run.environment import installed_pythons
from modwright_check.wheel.project import Project


@dataclass(frozen=True)
class Variant:
    """An environment to import in.

    Args:
        pythons: Which Pythons will do.
        extra: An extra of the project that is installed as well.
        resolution: Which versions of the dependencies are installed.
        code: Of the finding on a module that fails only here; empty for the first environment.
        difference: What is different from the first environment, in words.
        rebuilt: Whether a wheel for certain Pythons is of no use here.
    """

    pythons: SpecifierSet
    extra: str | None = None
    resolution: Resolution = Resolution.HIGHEST
    code: str = ""
    difference: str = ""
    rebuilt: bool = False


def demand_possible(options: Options, project: Project, configuration: Configuration) -> None:
    """Refuse, before anything is built, what can be known to be impossible.

    Raises:
        UsageFailed: The project does not admit a Python that is asked for, or the configuration
            names an extra that pyproject.toml does not have.
    """
    for version in options.versions:
        releases = _releases_of(version)
        micros = [f"3.{minor_of(version)}.{micro}" for micro in range(100)]
        if not any((releases & project.requires_python).filter(micros, prereleases=True)):
            raise UsageFailed(
                f"--python {version}: requires-python = {str(project.requires_python)!r} "
                "does not admit it."
            )
    table = project.pyproject.get("project")
    if table and "optional-dependencies" not in table.get("dynamic", ()):
        _demand_extras(configuration, table.get("optional-dependencies", ()))


def variants(
    options: Options, configuration: Configuration, about: Metadata, here: str
) -> list[Variant]:
    """Return the environments that are asked for besides the first.

    Args:
        options: What is asked for.
        configuration: The project's.
        about: The metadata of its wheel.
        here: The version of Python in the first environment.

    Raises:
        UsageFailed: The project has no such extra.
    """
    requires = about.requires_python or SpecifierSet()
    return [
        *_pythons(options, requires, here),
        *_lowest(options, requires),
        *_extras(options, configuration, about, requires),
    ]


def not_imported(options: Options, about: Metadata) -> list[str]:
    """Return a sentence on each Python that is asked for and on which nothing can be imported."""
    too_old = {minor_of(version) for version in options.versions} - set(range(OLDEST, 100))
    absent: set[int] = set()
    if ALL_PYTHONS in options.pythons:
        requires = about.requires_python or SpecifierSet()
        admitted = admitted_minors(requires)
        too_old |= {minor for minor in admitted if minor < OLDEST} if requires else set()
        absent = {minor for minor in admitted if minor >= OLDEST}
        absent -= {minor_of(version) for version in _installed(requires)}
    reasons = dict.fromkeys(too_old, f"modwright imports modules on Python 3.{OLDEST} and newer")
    reasons |= dict.fromkeys(absent, "it is not installed")
    return [
        f"Imports on Python 3.{minor}: {reason}; only the sources were read."
        for minor, reason in sorted(reasons.items())
    ]


def _releases_of(version: str) -> SpecifierSet:
    """Return which Pythons are meant by a version, such as 3.12 or 3.12.4."""
    return SpecifierSet(f"=={version}.*" if version.count(".") == 1 else f"=={version}")


def _installed(requires: SpecifierSet) -> list[str]:
    """Return the versions of the Pythons here that a project admits, the newest of each minor."""
    newest = {minor_of(version): version for version in requires.filter(installed_pythons())}
    return [version for minor, version in newest.items() if minor in MINORS and minor >= OLDEST]


def _pythons(options: Options, requires: SpecifierSet, here: str) -> Iterator[Variant]:
    wanted = {version: _releases_of(version) for version in options.versions}
    if ALL_PYTHONS in options.pythons:
        found = _installed(requires)
        wanted |= {f"3.{minor_of(version)}": SpecifierSet(f"=={version}") for version in found}
    for version, releases in wanted.items():
        if minor_of(version) >= OLDEST and not f"{here}.".startswith(f"{version}."):
            yield Variant(releases, code="MW714", difference=f"on Python {version}", rebuilt=True)


def _lowest(options: Options, requires: SpecifierSet) -> Iterator[Variant]:
    if options.resolution is not Resolution.HIGHEST:
        yield Variant(
            requires,
            resolution=options.resolution,
            code="MW208",
            difference="with the lowest versions of the dependencies",
        )


def _extras(
    options: Options, configuration: Configuration, about: Metadata, requires: SpecifierSet
) -> Iterator[Variant]:
    provided = {canonicalize_name(extra) for extra in about.provides_extra or []}
    wanted = _demand_extras(configuration, provided)
    for extra in sorted(provided if options.extras else wanted):
        difference = f"with the extra {extra}"
        yield Variant(requires, extra=extra, code="MW209", difference=difference)


def _demand_extras(configuration: Configuration, provided: Iterable[str]) -> set[str]:
    wanted: set[str] = {canonicalize_name(extra) for extra in configuration.extras}
    if unknown := sorted(wanted - {canonicalize_name(extra) for extra in provided}):
        raise UsageFailed(
            f"pyproject.toml: [tool.modwright.check] extras: the project has no extra {unknown[0]}."
        )
    return wanted
