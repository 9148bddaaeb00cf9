"""The distributions that are installed in an environment, and the modules that they provide."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path, PurePosixPath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from modwright_check.wheel.module_files import ModuleFiles, module_name


@dataclass(frozen=True)
class Distribution:
    """A distribution that is installed.

    Args:
        name: Normalised (PEP 503).
        title: Its name as it writes it.
        version: As it writes it.
        requires: What it depends on, extras included.
        modules: The dotted names of its modules.
    """

    name: str
    title: str
    version: str
    requires: tuple[Requirement, ...]
    modules: frozenset[str]


class InstalledDistributions:
    """All distributions of an environment.

    Args:
        site_packages: The folder that they are installed into.
    """

    def __init__(self, site_packages: Path) -> None:
        self.site_packages = site_packages
        self._files = ModuleFiles((site_packages,))

    @cached_property
    def distributions(self) -> dict[str, Distribution]:
        """Return them by their normalised names."""
        found = metadata.distributions(path=[str(self.site_packages)])
        read = (_read(distribution) for distribution in found)
        return {distribution.name: distribution for distribution in read if distribution}

    @property
    def modules(self) -> Iterable[str]:
        """Return the dotted names of all modules, and of the packages around them."""
        return self._bringing.keys()

    def bringing(self, module: str) -> tuple[Distribution, ...]:
        """Return the distributions that bring a module, or the package around it that is there.

        Of `google.cloud.nosuch` these are all that have a part in `google.cloud`; there are none
        when not even the name before the first dot is there.
        """
        while module:
            if found := self._bringing.get(module):
                return tuple(self.distributions[name] for name in sorted(found))
            module = module.rpartition(".")[0]
        return ()

    def file(self, module: str) -> Path | None:
        """Return the file of a module, a folder for a namespace package; None when it is not there.

        Names are compared as Python compares them, upper and lower case apart.
        """
        return self._files.file(module)

    def module(self, file: str) -> str | None:
        """Return the dotted name of the module of a source; None when it lies elsewhere."""
        try:
            place = Path(file).relative_to(self.site_packages)
        except ValueError:
            return None
        return ".".join(place.with_suffix("").parts).removesuffix(".__init__")

    @cached_property
    def _bringing(self) -> dict[str, set[str]]:
        """Map each module, and each package or namespace around one, to who brings it."""
        bringing: dict[str, set[str]] = {}
        for distribution in self.distributions.values():
            for module in distribution.modules:
                name = module
                while name:
                    bringing.setdefault(name, set()).add(distribution.name)
                    name = name.rpartition(".")[0]
        return bringing


def names_of(distributions: Sequence[Distribution]) -> set[str]:
    """Return what distributions are called by, and by imports."""
    return {name for each in distributions for name in (each.name, each.title, *each.modules)}


def requirements(lines: Iterable[str]) -> tuple[Requirement, ...]:
    """Return the requirements (PEP 508) among these lines; what is none is passed over."""
    return tuple(found for line in lines if (found := _requirement(line)))


def _requirement(line: str) -> Requirement | None:
    try:
        return Requirement(line)
    except InvalidRequirement:
        return None


def _read(distribution: metadata.Distribution) -> Distribution | None:
    try:
        about = distribution.metadata
    except FileNotFoundError:  # from 3.15 on; older Pythons give one that is empty
        return None
    name, version = (next(iter(about.get_all(key) or ()), "") for key in ("Name", "Version"))
    if not name:  # what an interrupted installation has left
        return None
    return Distribution(
        name=canonicalize_name(name),
        title=name,
        version=version,
        requires=requirements(about.get_all("Requires-Dist") or []),
        modules=frozenset(_modules(distribution)),
    )


def _modules(distribution: metadata.Distribution) -> Iterator[str]:
    record = distribution.read_text("RECORD") or ""
    for row in csv.reader(record.splitlines()):
        path = PurePosixPath(row[0]) if row else PurePosixPath()
        last = module_name(path.name)
        parts = path.parent.parts if last == "__init__" else (*path.parent.parts, last or "")
        if last and parts and all(part.isidentifier() for part in parts):
            yield ".".join(parts)
