"""Modules that an import misses, and that lie in the project all the same: at another place."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import with_packages
from modwright_check.static.search_path import path_changes
from modwright_check.static.source import Import, Source, Where
from modwright_check.wheel.modules import Module

_NO_NAME = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
# Beside the roots of the packages: where a repository keeps modules that no wheel holds.
_FOLDERS = ("", "src", "lib", "python", "tests", "test", "scripts", "tools")


@dataclass(frozen=True)
class Misplaced:
    """A module that an import misses.

    Args:
        name: As it is imported.
        file: Where it lies in the project.
        meant: Its name in the wheel; None when the wheel does not hold it.
        by_path: Whether a change of sys.path is meant to make up for that.
    """

    name: str
    file: str
    meant: str | None = None
    by_path: bool = False

    @property
    def top(self) -> str:
        """Return the first part of its name."""
        return self.name.partition(".")[0]

    def is_inside(self, module: str) -> bool:
        """Return whether a module is of the very package that is imported, or is that package."""
        package = f"{(self.meant or self.name).removesuffix(self.name)}{self.top}"
        return f"{module}.".startswith(f"{package}.")


def missing_in(outcome: Outcome) -> str | None:
    """Return the module that a failed import misses, also when Python takes it for a name."""
    said = _NO_NAME.match(outcome.message) if outcome.error == "ImportError" else None
    return f"{said['module']}.{said['name']}" if said else outcome.missing


class Search:
    """Looks for what imports miss, among the files of one project.

    Args:
        evidence: All that is known of it.
        origins: Where modules come from.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._evidence = evidence
        self._origins = origins
        # The outermost first: a folder on sys.path leads to `_vendor.tea`, and not into that.
        modules = sorted(evidence.modules, key=lambda module: module.name.count("."))
        self._paths = {module.name: module.path for module in modules}

    def misplaced(self, statement: Import, source: Source) -> Misplaced | None:
        """Return what an import misses; None when the project does not have it, or need not.

        Args:
            statement: The import.
            source: The module that it stands in.
        """
        missed = next(filter(self._is_missed, self._origins.imported(statement)), None)
        if missed is None:
            return self._left_out(statement)
        if self._is_declared(missed):
            return None
        return (
            self._by_path(statement, source)
            or self._neighbour(statement, source)
            or self._elsewhere(statement, source)
            or self._in_repository(missed)
        )

    def failing(self, module: Module) -> tuple[Source, Import] | None:
        """Return the import by which another one has failed, and where it stands.

        Args:
            module: Of the wheel; its import has failed for a missing module.
        """
        outcome = self._evidence.outcomes.get(module.name)
        missing = missing_in(outcome) if outcome else None
        if outcome is None or missing is None:
            return None
        place = self._evidence.sources.innermost(outcome.frames)
        read, by_file = self._evidence.read, self._evidence.by_file
        source = by_file.get(place[0]) if place else read.get(module.name)
        for statement in source.imports if source else ():
            here = statement.line == place[1] if place else statement.where is Where.AT_IMPORT
            if source and here and statement.may_name(missing):
                return source, statement
        return None

    def _left_out(self, statement: Import) -> Misplaced | None:
        """Return a module that the wheel leaves out, though a package of it is asked for it."""
        package = self._evidence.read.get(statement.module)
        if package is None or not package.is_package:
            return None
        defined = package.definitions
        names = (name for name in statement.names if name != "*" and name not in defined)
        inner = (f"{statement.module}.{name}" for name in names)
        left_out = (self._in_repository(name) for name in inner if not self._origins.holds(name))
        return next(filter(None, left_out), None)

    def _is_missed(self, name: str) -> bool:
        missed = self._origins.of(name) in {Origin.MISSING, Origin.OWN_MISSING}
        # What begins with a dot lies above the top, which is told as that.
        return missed and not name.startswith(".") and not self._origins.in_another_case(name)

    def _is_declared(self, name: str) -> bool:
        """Return whether a distribution of this name is declared, in whatever form."""
        declared = self._origins.declared
        named = {*declared.always, *declared.elsewhere, *declared.development}
        named = named.union(*declared.extras.values())
        return self._origins.names.among(name, named) is not None

    def _by_path(self, statement: Import, source: Source) -> Misplaced | None:
        name = statement.module
        for full, path in self._paths.items() if self._path_changes else ():
            file, package = self._evidence.sources.in_project(path), full.removesuffix(f".{name}")
            if package != full and self._leads_to(file, statement, source, package):
                return Misplaced(name, file, full, by_path=True)
        in_project = self._in_project(name) if self._path_changes else None
        if in_project is None or not self._may_lead_to(in_project):
            return None
        return Misplaced(name, in_project, by_path=True)

    def _leads_to(self, file: str, statement: Import, source: Source, package: str) -> bool:
        """Return whether a change of sys.path leads an import to a file of a package.

        It names a folder around it. Where one may lead is not known, the import has to be of that
        file, and not of a library of its name.
        """
        if self._named_around(file):
            return True
        return self._may_lead_to(file) and self._is_meant(statement, source, package)

    def _may_lead_to(self, file: str) -> bool:
        return frozenset() in self._path_changes or self._named_around(file)

    def _named_around(self, file: str) -> bool:
        around = set(PurePosixPath(file).parent.parts)
        return any(named & around for named in self._path_changes)

    def _neighbour(self, statement: Import, source: Source) -> Misplaced | None:
        """Return the module beside the importing one, or beside a package around it."""
        return self._in_one_of(with_packages(source.package), statement, source)

    def _elsewhere(self, statement: Import, source: Source) -> Misplaced | None:
        """Return the package of a module whose dotted name ends with the one that is imported."""
        if "." not in statement.module:
            return None
        ends = f".{statement.module}"
        packages = (name.removesuffix(ends) for name in self._paths if name.endswith(ends))
        return self._in_one_of(packages, statement, source)

    def _in_one_of(
        self, packages: Iterable[str], statement: Import, source: Source
    ) -> Misplaced | None:
        """Return what an import misses, if it lies in the first of these packages that it may."""
        top = statement.top
        for package in packages:
            name = f"{package}.{top}"
            if name in self._paths and self._is_meant(statement, source, package):
                return Misplaced(top, self._evidence.sources.in_project(self._paths[name]), name)
        return None

    def _is_meant(self, statement: Import, source: Source, package: str) -> bool:
        """Return whether an import is of a module in a package, and not of a library of its name.

        What imports the same name itself wraps that library, unless that is of its own parts.
        """
        inside = f"{package}.{statement.top}."
        wraps = any(
            each.may_name(statement.top) and not self._is_a_part(each, neighbour, package)
            for module, neighbour in self._evidence.read.items()
            if f"{module}.".startswith(inside)
            for each in neighbour.imports
        )
        return not wraps and self._is_there(statement, source, package)

    def _is_a_part(self, statement: Import, source: Source, package: str) -> bool:
        """Return whether an import asks for a submodule, and another one than imports it."""
        own = source.module.removeprefix(f"{package}.")
        is_known = self._origins.names.likely(statement.module) is not None
        is_another = "." in statement.module and not statement.may_name(own)
        return is_another and not is_known and self._is_there(statement, source, package)

    def _is_there(self, statement: Import, source: Source, package: str) -> bool:
        """Return whether a package holds what an import asks for, and what is taken of that."""
        asked = self._evidence.read.get(f"{package}.{statement.module}")
        if asked is None:
            return False
        inner = (each for each in self._paths if each.startswith(f"{asked.module}."))
        if not asked.definitions and not any(inner):
            return False  # it is there for its name only
        wanted = {*statement.names, *_used_of(statement, source)}
        there = set(asked.definitions)
        there |= {name for name in wanted if f"{asked.module}.{name}" in self._paths}
        dynamic = "*" in statement.names or "__getattr__" in there or "import *" in asked.text
        return dynamic or wanted <= there

    def _in_repository(self, name: str) -> Misplaced | None:
        file = self._in_project(name)
        return Misplaced(name, file, self._by_file.get(file)) if file else None

    def _in_project(self, name: str) -> str | None:
        """Return the file of a module in one of the folders where a repository keeps some."""
        if self._evidence.project is None:
            return None
        path = PurePosixPath(*name.split("."))
        for folder in self._folders:
            for end in ("/__init__.py", ".py"):
                file = folder / f"{path}{end}"
                if (self._evidence.project / file).is_file():
                    return file.as_posix()
        return None

    @cached_property
    def _by_file(self) -> dict[str, str]:
        in_project = self._evidence.sources.in_project
        return {in_project(path): name for name, path in self._paths.items()}

    @cached_property
    def _path_changes(self) -> frozenset[frozenset[str]]:
        sources = self._evidence.read.values()
        return frozenset(names for source in sources for names in path_changes(source))

    @cached_property
    def _folders(self) -> tuple[PurePosixPath, ...]:
        in_project = self._evidence.sources.in_project
        paths = self._paths.values()
        roots = {in_project(path).removesuffix(path.as_posix()).rstrip("/") for path in paths}
        return tuple(map(PurePosixPath, dict.fromkeys((*_FOLDERS, *sorted(roots)))))


def _used_of(statement: Import, source: Source) -> Iterator[str]:
    """Yield the attributes that a source asks `import module` or `import module as name` for."""
    nodes = list(ast.walk(source.tree)) if source.tree else []
    bound = {
        alias.asname or alias.name
        for node in nodes
        if isinstance(node, ast.Import) and node.lineno == statement.line
        for alias in node.names
        if alias.name == statement.module
    }
    for node in nodes:
        match node:
            case ast.Attribute(ast.Name(name), attribute) if name in bound:
                yield attribute
