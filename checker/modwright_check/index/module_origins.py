"""Where a module comes from that the project imports."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.extras import Extras
from modwright_check.index.given import import_names
from modwright_check.model.module_names import with_packages
from modwright_check.static.reading import read_code
from modwright_check.static.source import Import
from modwright_check.static.standard_library import availabilities
from modwright_check.wheel.declared_dependencies import Declared, is_for_users
from modwright_check.wheel.distributions import Distribution, InstalledDistributions


class Origin(Enum):
    """Where a module comes from, or would come from."""

    PYTHON = auto()  # the standard library, of this Python or of another one
    HOST = auto()  # a program that Python is built into
    OWN = auto()  # the wheel
    OWN_MISSING = auto()  # a package of the wheel, which does not hold it
    INSTALLED = auto()
    PART_MISSING = auto()  # a package of another distribution, which does not hold it
    MISSING = auto()


# Of the standard library in spirit: it looks for them, and goes on without them.
_OF_PYTHON = {"__main__", "sitecustomize", "usercustomize"}
# Modules that PyPy, Jython, IronPython, Pyodide, Blender and others hold for what runs in them.
_OF_HOSTS = {
    *("__pypy__", "_pypyjson", "pypyjit"),
    *("java", "javax", "org", "System"),
    *("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core"),
    *("bpy", "bmesh", "gimpfu", "hou", "maya", "unreal"),
}
# In a package's source, a sign that it has submodules that no file of their name holds.
_MAKES_MODULES = ("sys.modules", "__path__", "meta_path", "apipkg", "ModuleType")


class Origins:
    """Where modules come from, for one project.

    Args:
        evidence: All that is known of it.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.own = canonicalize_name(evidence.about.name)
        self.installed = InstalledDistributions(evidence.environment.site_packages)
        self.declared = Declared(
            evidence.about,
            evidence.pyproject,
            evidence.project,
            evidence.environment.version,
            self.installed.distributions,
        )
        self.names = evidence.index(import_names)
        self.extras = Extras(self.declared, self.names, evidence.answers)
        self._hosts = _OF_HOSTS.union(evidence.configuration.provided_by_host)
        self._sources = evidence.sources
        self.standard = evidence.standard
        names = {part for module in evidence.modules for part in with_packages(module.name)}
        self._modules = frozenset(names)
        self._known: dict[str, Origin] = {}

    def of(self, module: str) -> Origin:
        """Return where a module comes from.

        Args:
            module: Its absolute dotted name.
        """
        if module not in self._known:
            self._known[module] = self._origin(module)
        return self._known[module]

    def is_for_some(self, module: str) -> bool:
        """Return whether a missing module is declared for some users, by a marker or as an extra.

        An extra may bring it by way of what it names.

        Args:
            module: Its absolute dotted name.
        """
        return self.is_named_for_some(module) or self.extras.bringing(module) is not None

    def is_named_for_some(self, module: str) -> bool:
        """Return whether the distribution of a missing module is declared for some users.

        Args:
            module: Its absolute dotted name.
        """
        return self.names.may_come_from(module, self._named_for_some)

    def is_of_an_extra(self, module: str) -> bool:
        """Return whether a missing module comes with an extra that is for users.

        Args:
            module: Its absolute dotted name.
        """
        extras = self.declared.extras
        names = frozenset[str]().union(*(extras[each] for each in extras if is_for_users(each)))
        brought = self.extras.bringing(module)
        return self.names.may_come_from(module, names) or bool(
            brought and any(map(is_for_users, brought[2]))
        )

    def comes_with(self, module: str, extra: str) -> bool:
        """Return whether an extra brings a missing module.

        Args:
            module: Its absolute dotted name.
            extra: One of the project's.
        """
        brought = self.extras.bringing(module)
        named = self.names.may_come_from(module, self.declared.extras[extra])
        return named or bool(brought and extra in brought[2])

    def is_an_option_of_a_dependency(self, module: str) -> bool:
        """Return whether a declared dependency has an extra called like what brings a module.

        Whoever uses that dependency in this way has it, as those of anyio who run on trio do.

        Args:
            module: The dotted name of one that is missing.
        """
        return self.names.among(module, self._options) is not None

    def holds(self, name: str) -> bool:
        """Return whether a module of this name lies in the environment.

        Args:
            name: Dotted.
        """
        return name in self._modules or self.installed.file(name) is not None

    def in_another_case(self, module: str) -> bool:
        """Return whether a module of this name is there, in upper and lower case otherwise.

        Args:
            module: Its absolute dotted name.
        """
        return module.lower() in self._lower and module not in self.standard.names

    def bringing(self, module: str) -> tuple[Distribution, ...]:
        """Return the other distributions that bring a module, or the package around it."""
        found = self.installed.bringing(module)
        return tuple(distribution for distribution in found if distribution.name != self.own)

    def required_by_others(self, module: str) -> str | None:
        """Return the distribution of a missing module, where a library requires one of its name.

        It does so for another system, another Python or an extra: here, it is not installed.

        Args:
            module: Its absolute dotted name.
        """
        name = self.names.among(module, self._required_by_others.keys())
        return self._required_by_others[name] if name else None

    def is_written_in(self, distribution: Distribution, pattern: re.Pattern[str]) -> bool:
        """Return whether the source of a module of a distribution has something.

        Args:
            distribution: That is installed.
            pattern: What to look for.
        """
        return any(map(pattern.search, self.texts(distribution)))

    def texts(self, distribution: Distribution) -> Iterator[str]:
        """Yield the sources of the modules of a distribution.

        Args:
            distribution: That is installed.
        """
        files = map(self.installed.file, sorted(distribution.modules))
        return (_text(file) for file in files if file and file.suffix == ".py")

    def imported(self, statement: Import) -> Iterator[str]:
        """Yield the modules that an import names.

        Of `from a import b` it is `a.b` if that is a module, and `a` otherwise. A namespace
        package holds nothing but modules.
        """
        for name in statement.names or ("*",):
            inner = f"{statement.module}.{name}"
            if name == "*" or not (self.holds(inner) or self.is_namespace(statement.module)):
                inner = statement.module
            yield inner

    def is_namespace(self, name: str) -> bool:
        """Return whether a package is a namespace, which holds nothing but modules.

        Args:
            name: Dotted.
        """
        file = self.installed.file(name)
        return file is not None and file.is_dir()

    def makes_modules(self, module: str) -> bool:
        """Return whether a package around a missing module may make it while it runs.

        Args:
            module: Its absolute dotted name.
        """
        nearest = self._nearest(module)
        for name in with_packages(nearest):
            file = self.installed.file(name)
            if file is None or file.suffix != ".py":
                return True  # an extension does as it likes
            text = _text(file)
            if any(sign in text for sign in _MAKES_MODULES):
                return True
        return False

    def _origin(self, module: str) -> Origin:
        top = module.partition(".")[0]
        if module in self._modules:
            return Origin.OWN
        if self._sources.answers_for(module):
            return Origin.OWN if self.installed.file(module) else Origin.OWN_MISSING
        if top in self.standard or top in _OF_PYTHON or top in availabilities():
            return Origin.PYTHON
        if self.installed.file(module):
            return Origin.INSTALLED
        if self.bringing(module) and not self.is_namespace(self._nearest(module)):
            return Origin.INSTALLED if self.makes_modules(module) else Origin.PART_MISSING
        return Origin.HOST if top in self._hosts else Origin.MISSING

    @cached_property
    def _options(self) -> frozenset[str]:
        """Return what extras of declared dependencies bring that are called like it."""
        return frozenset(
            canonicalize_name(requirement.name)
            for name in self.declared.always.keys() & self.installed.distributions.keys()
            for requirement in self.installed.distributions[name].requires
            if f'extra == "{requirement.name}"' in str(requirement.marker)
        )

    @cached_property
    def _required_by_others(self) -> dict[str, str]:
        """Return what installed distributions require, as they write it, by normalised names."""
        return {
            canonicalize_name(each.name): each.name
            for distribution in self.installed.distributions.values()
            for each in distribution.requires
        }

    @cached_property
    def _named_for_some(self) -> frozenset[str]:
        return frozenset(self.declared.elsewhere).union(*self.declared.extras.values())

    @cached_property
    def _lower(self) -> frozenset[str]:
        known = (*self._modules, *self.installed.modules, *self.standard.names)
        return frozenset(map(str.lower, known))

    def _nearest(self, module: str) -> str:
        """Return the innermost package around a module that is there."""
        while module and not self.installed.file(module):
            module = module.rpartition(".")[0]
        return module


def _text(file: Path) -> str:
    try:
        return read_code(file).decode("utf-8", "replace")
    except OSError:
        return ""
