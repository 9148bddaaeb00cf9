"""Submodules that functions use by the name of their package: `logging.config.dictConfig`."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.python_versions import minor_of
from modwright_check.static.scopes import scope_of
from modwright_check.static.source import Source, Where, read_source
from modwright_check.static.standard_library import Availability, availabilities
from modwright_check.static.stdlib_usage import Use, uses
from modwright_check.static.under_a_version import is_under_a_version
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

_BY_NAME = "import_module", "__import__", "pkgutil"


class LooseSubmodules:
    """The submodules that come with no import: neither with their package nor by the project.

    They may be there all the same, since another library has imported them.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._read = evidence.read
        self._origins = origins
        self._standard = evidence.standard
        self._minor = minor_of(evidence.environment.version)
        self._known: dict[str, bool] = {}

    def used_by(self, source: Source) -> dict[str, int]:
        """Return what the functions of a module use, each with the line of its first use.

        Args:
            source: The module.
        """
        mentioned = self._mentioned(source)
        bound = scope_of(source.tree.body) if source.tree and mentioned else {}
        wanted = {
            ":".join(name.rsplit(".", 1)): name
            for name in mentioned
            if bound.get(_top(name)) == _top(name)  # not when it goes by another name here
        }
        found = uses(source, wanted) if wanted else ()
        prepared = {use.key for use in found if use.context.may_lack_names or use.context.platforms}
        lines: dict[str, int] = {}
        for use in found:
            name = wanted[use.key]
            if use.key in prepared or not self._is_of_a_function(use, source):
                continue
            if not is_under_a_version(use.context, source, {_top(name)}):
                lines.setdefault(name, use.line)
        return lines

    def _mentioned(self, source: Source) -> set[str]:
        """Return what is written like a submodule of what the module imports as a whole."""
        tops = {
            _top(statement.module)
            for statement in source.imports
            if statement.where is Where.AT_IMPORT and not (statement.names or statement.called)
        }
        either = "|".join(map(re.escape, sorted(tops)))
        dotted = re.findall(rf"(?<![\w.])(?:{either})(?:\.\w+)+", source.text) if tops else []
        return {
            inner for name in set(dotted) for inner in _beginnings(name) if self._comes_alone(inner)
        }

    def _is_of_a_function(self, use: Use, source: Source) -> bool:
        """Return whether a function uses this in our Python, and imports nothing before."""
        if use.context.function is None or self._minor not in use.context.minors:
            return False
        first, last = use.context.function
        return not any(first <= statement.line <= last for statement in source.imports)

    def _comes_alone(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = self._is_loose(name) and not self._is_named(name)
        return self._known[name]

    def _is_loose(self, name: str) -> bool:
        """Return whether this is a module that its package does not import, nor bind the name."""
        package = name.rpartition(".")[0]
        match self._origins.of(name):
            case Origin.PYTHON:
                file_of = self._standard.file
            case Origin.INSTALLED:
                file_of = self._origins.installed.file
            case Origin.OWN:
                return not self._loads_by_name and _leaves_out(name, self._read.get(package))
            case _:
                return False
        available = availabilities().get(name, Availability())
        if file_of(name) is None or available.missing(frozenset({self._minor})):
            return False
        file = file_of(package)
        if file is None or file.is_dir():
            return file is not None
        module = Module(package, PurePosixPath(file.name))
        return _leaves_out(name, read_source(module, SourceMap(None, file.parent, ())))

    @cached_property
    def _loads_by_name(self) -> bool:
        """Whether the project may import its own modules by names that it puts together."""
        return any(word in source.text for source in self._read.values() for word in _BY_NAME)

    def _is_named(self, name: str) -> bool:
        """Return whether the project imports a module, or has its name in a string."""
        return any(
            f'"{name}"' in source.text
            or f"'{name}'" in source.text
            or any(statement.may_name(name) for statement in source.imports)
            for source in self._read.values()
        )


def _leaves_out(name: str, package: Source | None) -> bool:
    """Return whether a package neither imports a submodule at its import, nor binds the name.

    An extension, of which there is no source, does as it likes.
    """
    if package is None or package.error:
        return False
    imported = (each for each in package.imports if each.where is Where.AT_IMPORT)
    is_bound = name.rpartition(".")[2] in package.definitions
    return not is_bound and not any(each.may_name(name) for each in imported)


def _top(name: str) -> str:
    return name.partition(".")[0]


def _beginnings(name: str) -> Iterator[str]:
    """Yield `a.b` and `a.b.c` of `a.b.c`."""
    parts = name.split(".")
    for length in range(2, len(parts) + 1):
        yield ".".join(parts[:length])
