"""MW604: what type checkers look for in a typed package (PEP 561) and do not find.

They read no extension, so only a stub tells them what it holds. What a stub imports of its own
package, they look for among stubs and sources.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import Importer
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, is_private, packages_around
from modwright_check.model.report import Finding
from modwright_check.static.handed_on import hands_on
from modwright_check.static.imports import absolute
from modwright_check.static.source import Import, Source
from modwright_check.wheel.extension_names import SUFFIXES
from modwright_check.wheel.modules import Module

_MARKER = "py.typed"
_STUBS = "-stubs"
_READ = {".py", ".pyi"}
_IGNORED = re.compile(r"#\s*(?:type|ty|pyright|mypy)\s*:\s*ignore")
_TOLD = 3  # modules after the first


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield compiled modules without a stub, and stubs that import what is not there.

    A part of a compiled module that a stub imports tells where the stubs are: one is enough.

    Args:
        evidence: All that is known of the project.
    """
    typed = _Typed(evidence)
    for marker in typed.markers:
        package = marker.parent
        missing = list(typed.missing_in(package))
        around = {outer for each in missing for outer in packages_around(each.module)}
        compiled = [
            each
            for each in typed.compiled
            if package in each.path.parents and each.name not in around
        ]
        for facts in ((), (Fact.GOES_ON,)):
            if alike := [each for each in compiled if typed.facts(each) == facts]:
                yield _unseen(package, marker, alike, facts, evidence)
        yield from (_lacking(each, evidence) for each in missing)


@dataclass(frozen=True)
class _Missing:
    """A module that no file describes to type checkers.

    Args:
        module: Its dotted name.
        stub: The stub that imports it.
        line: In the stub.
    """

    module: str
    stub: PurePosixPath
    line: int


def _lacking(missing: _Missing, evidence: Evidence) -> Finding:
    return finding(
        "MW604",
        "",
        f"{missing.stub} imports {missing.module}, of which the wheel holds no stub and no source",
        "Configure the build back end to include the stub, or correct the name.",
        evidence.sources.in_project(missing.stub),
        missing.line,
    )


def _unseen(
    package: PurePosixPath,
    marker: PurePosixPath,
    modules: Sequence[Module],
    facts: tuple[Fact, ...],
    evidence: Evidence,
) -> Finding:
    first, *others = (module.name for module in modules)
    more = f" (and {', '.join(others[:_TOLD])})" if others else ""
    if left := len(others[_TOLD:]):
        more = f"{more[:-1]} and {left} more)"
    stub = first.replace(".", "/")
    return finding(
        "MW604",
        first,
        f"{package} is typed ({_MARKER}), but {first}{more} is compiled and has no stub: type "
        "checkers know nothing of what it holds",
        f"Put a stub beside it, {stub}.pyi, and have the build back end include it.",
        evidence.sources.in_project(marker),
        facts=facts,
    )


class _Typed:
    """The typed packages of a wheel, and what is in them.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._files = set(evidence.files)
        self._spare = set[str]()

    @property
    def markers(self) -> list[PurePosixPath]:
        """Return the markers of typed packages, and those that distributions of stubs stand for."""
        inner = {path for path in self._files if path.name == _MARKER and len(path.parts) > 1}
        tops = {PurePosixPath(path.parts[0]) for path in self._files if len(path.parts) > 1}
        of_stubs = {top / _MARKER for top in tops if top.name.endswith(_STUBS)}
        return sorted(path for path in inner | of_stubs if not self._is_partial(path))

    @cached_property
    def compiled(self) -> list[Module]:
        """Return the extensions that have neither a stub nor a source beside them."""
        return [
            module
            for module in self._evidence.modules
            if module.path.suffix in SUFFIXES
            if not self._is_read(place := _place(module.path))
            if not self._is_read(place / "__init__")
        ]

    def facts(self, module: Module) -> tuple[Fact, ...]:
        """Return whether type checkers go on without the stub of a module.

        Args:
            module: Compiled.
        """
        importers = [
            Importer(source, statement)
            for source in self._evidence.read.values()
            for statement in source.imports
            if statement.may_name(module.name)
        ]
        return (Fact.GOES_ON,) if self._is_spare(module.name, importers) else ()

    def _is_spare(
        self, name: str, importers: Sequence[Importer], beneath: frozenset[str] = frozenset()
    ) -> bool:
        """Return whether type checkers never need a module that others import.

        They read the stub of who imports it, if there is one, or are told not to look there, or
        there is a fallback, or nobody needs who imports it; or it is private, and who imports it
        makes nothing of it for others. What nobody imports is there for users, unless it is
        private.

        Args:
            name: The module's.
            importers: Who imports it.
            beneath: The modules on the way here, which say nothing of who begins with this one.
        """
        if name in self._spare:
            return True
        beneath |= {name}
        by_users = [
            each
            for each in importers
            if each.source.module not in beneath and not is_of_tests(each.source.module)
        ]
        needed = any(
            each.statement.always_runs
            and each.statement.is_first_choice
            and not self._has_a_stub(user := each.source.module)
            and not _is_ignored(each.statement, each.source)
            and (not _is_for_its_package(name, each.statement) or hands_on(each.source, name))
            and not self._is_spare(user, self._evidence.importers.get(user, ()), beneath)
            for each in by_users
        )
        if needed or not (by_users or is_private(name)):
            return False
        self._spare.add(name)
        return True

    def _has_a_stub(self, module: str) -> bool:
        place = PurePosixPath(*module.split("."))
        names = (place.with_name(f"{place.name}.pyi"), place / "__init__.pyi")
        return any(name in self._files for name in names)

    def missing_in(self, package: PurePosixPath) -> Iterator[_Missing]:
        """Yield what stubs import of their own package and no file describes.

        Args:
            package: Its folder.
        """
        inside = (path for path in self._files if package in path.parents)
        for path in sorted(path for path in inside if path.suffix == ".pyi"):
            for module, line in self._imports(path):
                place = PurePosixPath(*module.split("."))
                of_stubs = PurePosixPath(f"{place.parts[0]}{_STUBS}", *place.parts[1:])
                if path.parts[0] not in {place.parts[0], of_stubs.parts[0]}:
                    continue
                if not (self._is_there(place) or self._is_there(of_stubs)):
                    yield _Missing(module, path, line)

    def _imports(self, path: PurePosixPath) -> Iterator[tuple[str, int]]:
        """Yield the modules that a stub imports, in any case and at its top, with lines."""
        try:
            text = self._evidence.sources.installed(path).read_text(encoding="utf-8")
            tree = ast.parse(text)
        except (OSError, ValueError, SyntaxError):  # it may be of a newer Python's syntax
            return
        top, *inner = path.with_suffix("").parts
        parts = (top.removesuffix(_STUBS), *inner)
        package = ".".join(parts[:-1])
        for node in tree.body:
            match node:
                case ast.Import(names):
                    yield from ((alias.name, node.lineno) for alias in names)
                case ast.ImportFrom(module, _, level):
                    name = absolute(module or "", level, package)
                    if name and not name.startswith("."):
                        yield name, node.lineno

    def _is_partial(self, marker: PurePosixPath) -> bool:
        """Return whether other distributions hold the rest of a package (PEP 561)."""
        try:
            text = self._evidence.sources.installed(marker).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False
        return "partial" in text

    def _is_there(self, place: PurePosixPath) -> bool:
        beside = any(_place(path) == place for path in self._beside(place.parent))
        here = beside or self._is_read(place / "__init__") or self._is_a_folder(place)
        return here or self._is_of_another(place)

    def _is_of_another(self, place: PurePosixPath) -> bool:
        """Return whether a distribution that shares the namespace holds a module."""
        installed = self._evidence.environment.site_packages / place
        files = (installed.with_name(f"{installed.name}{end}") for end in _READ)
        return installed.is_dir() or any(file.is_file() for file in files)

    def _is_read(self, place: PurePosixPath) -> bool:
        return any(place.with_name(f"{place.name}{end}") in self._files for end in _READ)

    def _is_a_folder(self, place: PurePosixPath) -> bool:
        return place in self._folders

    @cached_property
    def _folders(self) -> frozenset[PurePosixPath]:
        return frozenset(folder for path in self._files for folder in path.parents)

    def _beside(self, folder: PurePosixPath) -> Iterator[PurePosixPath]:
        wanted = _READ | set(SUFFIXES)
        yield from (each for each in self._files if each.parent == folder and each.suffix in wanted)


def _is_for_its_package(module: str, statement: Import) -> bool:
    """Return whether a module is for the package around it, by its name or by what is taken."""
    taken = statement.module == module and statement.names
    return is_private(module.rpartition(".")[2]) or bool(taken and all(map(is_private, taken)))


def _is_ignored(statement: Import, source: Source) -> bool:
    """Return whether a type checker is told to ignore an import that it cannot follow."""
    return bool(_IGNORED.search(source.line(statement.line)))


def _place(path: PurePosixPath) -> PurePosixPath:
    """Return the path of a module without its endings."""
    return path.with_name(path.name.partition(".")[0])
