"""The standard library of the project's Python, found and read without running anything."""

import ast
from functools import cache
from pathlib import Path

from modwright_check.model.environment import PythonInfo
from modwright_check.model.python_versions import minor_of
from modwright_check.static.standard_library import availabilities
from modwright_check.wheel.module_files import ModuleFiles

# Submodules that no file of their name holds in every Python: their packages make them.
_MADE = {"os.path", "collections.abc", "math.integer"}


class StandardModules:
    """The modules of a Python's standard library.

    Args:
        python: What the interpreter says of itself.
    """

    def __init__(self, python: PythonInfo) -> None:
        self.names = python.standard_modules
        self.builtin = python.builtin_modules
        self._minor = minor_of(python.version)
        self._files = ModuleFiles(python.standard_folders)

    def __contains__(self, module: str) -> bool:
        """Return whether a module, by its dotted name, is part of the standard library."""
        return module.partition(".")[0] in self.names

    def holds(self, module: str) -> bool:
        """Return whether the library of this Python holds a module, on this system."""
        if module in self.builtin or (module in _MADE and self._has(module)):
            return True
        return self.file(module) is not None

    def _has(self, module: str) -> bool:
        """Return whether a module has come by this Python, and has not gone."""
        known = availabilities().get(module)
        return not (known and known.missing(frozenset({self._minor})))

    def file(self, module: str) -> Path | None:
        """Return the file of a module; None when it has none, as those that are built in."""
        return self._files.file(module) if module in self else None

    def tree(self, module: str) -> ast.Module:
        """Return the syntax tree of a module; empty when it has no source."""
        file = self.file(module)
        return _parsed(file) if file and file.suffix == ".py" else ast.Module([], [])


@cache  # an interpreter's library is read once, however many checks a process makes
def _parsed(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):  # a newer Python's syntax may be read by an older
        return ast.Module([], [])
