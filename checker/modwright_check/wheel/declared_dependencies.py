"""Declared dependencies: always, in an extra, or for development."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.metadata import InvalidMetadata, Metadata
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from modwright_check.model.python_versions import admitted_minors
from modwright_check.wheel.distributions import Distribution, requirements
from modwright_check.wheel.import_names import without_separators

# The variables of environment markers (PEP 508), and those of them that ask for the version.
_VARIABLE = re.compile(r"\b(?:os|sys|platform|python|implementation)_\w+|\bextra\b")
_OF_PYTHON = {"python_version", "python_full_version"}
# The first words of extras that are for those who work on a project.
_OF_DEVELOPERS = {
    *("dev", "devel", "develop", "developer", "development", "build", "ci", "lint", "style"),
    *("test", "tests", "testing", "doc", "docs", "documentation", "type", "types", "typing"),
}
# Beginnings of the lines in requirements files that name no distribution.
_NO_REQUIREMENT = ("#", "-", ".", "/", "http:", "https:", "git+", "file:")


@dataclass(frozen=True)
class Declared:
    """What a project declares to depend on.

    Args:
        about: The core metadata of its wheel.
        pyproject: The content of its pyproject.toml.
        project: Its folder; None when there is only a wheel.
        python: The version of the interpreter that it is installed for.
        installed: The distributions beside it, by their normalised names. An extra that asks for
            `botocore[crt]` brings what that extra of botocore brings.
    """

    about: Metadata
    pyproject: Mapping[str, Any]
    project: Path | None
    python: str
    installed: Mapping[str, Distribution] = field(default_factory=dict)

    @cached_property
    def always(self) -> dict[str, Requirement]:
        """Return what is installed with the wheel, by normalised names."""
        return {
            canonicalize_name(requirement.name): requirement
            for requirement in self._requires
            if self._applies(requirement)
        }

    @cached_property
    def elsewhere(self) -> dict[str, Requirement]:
        """Return what is installed with the wheel on other systems or Pythons only."""
        named = {canonicalize_name(self.about.name), *self.always}.union(*self.extras.values())
        return {
            name: requirement
            for requirement in self._requires
            if (name := canonicalize_name(requirement.name)) not in named
            and self._is_for_some_python(requirement)
        }

    def on(self, minor: int) -> frozenset[str]:
        """Return what may be installed with the wheel, or with an extra of it, on a Python.

        Args:
            minor: Its second number.
        """
        return frozenset(
            canonicalize_name(requirement.name)
            for requirement in self._requires
            if may_apply(requirement, minor)
        )

    @cached_property
    def by_version(self) -> dict[str, Requirement]:
        """Return what no more than the version of Python decides about, by normalised names.

        Not what an extra brings, nor what is declared a second time without that.
        """
        found: dict[str, Requirement] = {}
        others: set[str] = set()
        for requirement in self._requires:
            name = canonicalize_name(requirement.name)
            if requirement.marker is not None and _asks_for_the_version_alone(requirement):
                found.setdefault(name, requirement)
            else:
                others.add(name)
        return {name: requirement for name, requirement in found.items() if name not in others}

    def without(self, variables: Mapping[str, str]) -> frozenset[str]:
        """Return what is installed with the wheel here, and is not where markers find these values.

        Args:
            variables: Of another system, by the names that markers have for them.
        """
        return frozenset(self.always.keys() - self.where(variables))

    def where(self, variables: Mapping[str, str]) -> frozenset[str]:
        """Return what is installed with the wheel where markers find these values.

        Args:
            variables: Of a system, by the names that markers have for them.
        """
        return self._found(variables, [""])

    def where_asked_for(self, variables: Mapping[str, str]) -> frozenset[str]:
        """Return what may be installed where markers find these values: extras for users bring it.

        Args:
            variables: Of a system, by the names that markers have for them.
        """
        return self._found(variables, ["", *filter(is_for_users, self._provides)])

    def _found(self, variables: Mapping[str, str], extras: Collection[str]) -> frozenset[str]:
        return frozenset(
            canonicalize_name(requirement.name)
            for requirement in self._requires
            if requirement.marker is None
            or any(requirement.marker.evaluate({"extra": each, **variables}) for each in extras)
        )

    @cached_property
    def extras(self) -> dict[str, frozenset[str]]:
        """Return the distributions of each extra, those of the extras that it includes with it."""
        own = canonicalize_name(self.about.name)
        direct = {
            extra: [
                requirement
                for requirement in self._requires
                if self._applies(requirement, extra) and not self._applies(requirement)
            ]
            for extra in self._provides
        }

        def names(extra: NormalizedName, seen: frozenset[NormalizedName]) -> Iterator[str]:
            for requirement in direct.get(extra, ()):
                if (name := canonicalize_name(requirement.name)) != own:
                    yield name
                    yield from self._brought_by_extras(requirement)
                    continue
                for other in map(canonicalize_name, requirement.extras):
                    if other not in seen:
                        yield from names(other, seen | {other})

        return {extra: frozenset(names(extra, frozenset({extra}))) for extra in direct}

    @cached_property
    def development(self) -> dict[str, str]:
        """Return what is declared for development only: where, by normalised names."""
        found: dict[str, str] = {}
        for place, lines in (*_in_pyproject(self.pyproject), *_in_files(self.project)):
            for requirement in requirements(lines):
                found.setdefault(canonicalize_name(requirement.name), place)
        return found

    def extras_with(self, name: str) -> list[str]:
        """Return the extras that bring a distribution."""
        return sorted(extra for extra, names in self.extras.items() if name in names)

    def extra_called(self, names: Iterable[str]) -> str | None:
        """Return the extra that has one of these names, however they are spelt.

        Args:
            names: Of modules, classes or functions.
        """
        spelt = {without_separators(extra): extra for extra in self.extras}
        asked = map(without_separators, names)
        return next((spelt[name] for name in asked if name in spelt), None)

    @cached_property
    def _requires(self) -> list[Requirement]:
        try:
            return self.about.requires_dist or []
        except InvalidMetadata:  # the installer has refused it, or knows better
            return []

    @cached_property
    def _provides(self) -> list[NormalizedName]:
        try:
            return self.about.provides_extra or []
        except InvalidMetadata:
            return []

    def _brought_by_extras(self, asking: Requirement) -> Iterator[str]:
        distribution = self.installed.get(canonicalize_name(asking.name))
        for requirement in distribution.requires if distribution else ():
            for_extra = any(self._applies(requirement, extra) for extra in asking.extras)
            if for_extra and not self._applies(requirement):
                yield canonicalize_name(requirement.name)

    def _is_for_some_python(self, requirement: Requirement) -> bool:
        """Return whether a Python that the project admits may get what is required."""
        admitted = self.about.requires_python
        if admitted is None:
            return True
        return any(may_apply(requirement, minor) for minor in admitted_minors(admitted))

    def _applies(self, requirement: Requirement, extra: str = "") -> bool:
        if requirement.marker is None:
            return True
        version = ".".join(self.python.split(".")[:2])
        here = {"python_version": version, "python_full_version": self.python, "extra": extra}
        return requirement.marker.evaluate(here)


def may_apply(requirement: Requirement, minor: int) -> bool:
    """Return whether a requirement may hold on a Python: on some system, with some extra.

    Args:
        requirement: Of any distribution.
        minor: The second number of that Python.
    """
    if requirement.marker is None or not _asks_for_the_version_alone(requirement):
        return True
    version = f"3.{minor}"
    return any(
        requirement.marker.evaluate({"python_version": version, "python_full_version": full})
        for full in (f"{version}.0", f"{version}.99")
    )


def _asks_for_the_version_alone(requirement: Requirement) -> bool:
    return set(_VARIABLE.findall(str(requirement.marker))) <= _OF_PYTHON


def is_for_users(extra: str) -> bool:
    """Return whether an extra is for those who use a project, and not for those who work on it."""
    return re.split(r"[-_.]", extra.lower())[0] not in _OF_DEVELOPERS


def _in_pyproject(pyproject: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield where something is declared, and the requirements there."""
    groups = _table(pyproject, "dependency-groups")
    for group in groups:
        yield f"the dependency group `{group}`", list(_group(groups, group, frozenset()))
    tool = _table(pyproject, "tool")
    yield "tool.uv.dev-dependencies", _strings(_table(tool, "uv").get("dev-dependencies"))
    for group, lines in _table(tool, "pdm", "dev-dependencies").items():
        yield f"tool.pdm.dev-dependencies.{group}", _strings(lines)
    yield "tool.poetry.dev-dependencies", list(_table(tool, "poetry", "dev-dependencies"))
    for group in _table(tool, "poetry", "group"):
        names = _table(tool, "poetry", "group", group, "dependencies")
        yield f"the Poetry group `{group}`", list(names)
    for name in _table(tool, "hatch", "envs"):
        environment = _table(tool, "hatch", "envs", name)
        for key in ("dependencies", "extra-dependencies"):
            yield f"the Hatch environment `{name}`", _strings(environment.get(key))
    build = _strings(_table(pyproject, "build-system").get("requires"))
    yield "build-system.requires", build


def _group(groups: Mapping[str, Any], name: str, seen: frozenset[str]) -> Iterator[str]:
    """Yield the requirements of a dependency group and of those that it includes (PEP 735)."""
    by_name = {canonicalize_name(group): lines for group, lines in groups.items()}
    lines = by_name.get(canonicalize_name(name))
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, str):
            yield line
        elif isinstance(line, dict):
            other = line.get("include-group")
            if isinstance(other, str) and other not in seen:
                yield from _group(groups, other, seen | {other})


def _in_files(project: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Yield pip's requirements files; no wheel knows of them."""
    if project is None:
        return
    for pattern in ("*requirements*.txt", "requirements/*.txt"):
        for file in sorted(project.glob(pattern)):
            try:
                text = file.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            lines = (re.split(r"\s#|\s--|\s*\\$", line.strip())[0] for line in text.splitlines())
            kept = [line for line in lines if line and not line.startswith(_NO_REQUIREMENT)]
            yield file.relative_to(project).as_posix(), kept


def _table(table: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Return a table inside tables; an empty one when there is none."""
    found: object = table
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
