"""The files that modules lie in, found as Python finds them, without running it."""

from itertools import chain
from pathlib import Path

from modwright_check.wheel.extension_names import SUFFIXES

# What Python loads a module from; of an extension, whatever tags stand before.
_SUFFIXES = (".py", *SUFFIXES)


class ModuleFiles:
    """The modules in some folders, such as site-packages or those of the standard library.

    Args:
        folders: Where packages and modules lie; the first that holds a module counts.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._roots = folders
        self._files: dict[str, Path | None] = {}
        self._folders: dict[Path, list[str]] = {}

    def file(self, module: str) -> Path | None:
        """Return the file of a module, a folder for a namespace package; None when it is not there.

        Names are compared as Python compares them, upper and lower case apart.

        Args:
            module: Its dotted name.
        """
        if module not in self._files:
            self._files[module] = self._find(module)
        return self._files[module]

    def _find(self, module: str) -> Path | None:
        package, _, last = module.rpartition(".")
        found = (self._find_in(folder, last) for folder in self._folders_of(package))
        return next(filter(None, found), None)

    def _folders_of(self, package: str) -> tuple[Path, ...]:
        if not package:
            return self._roots
        around = self.file(package)
        if around is None:
            return ()
        if around.is_dir():
            return (around,)
        return (around.parent,) if around.name.startswith("__init__.") else ()

    def _find_in(self, folder: Path, name: str) -> Path | None:
        files = [entry for entry in self._entries(folder) if entry.partition(".")[0] == name]
        inside = self._entries(folder / name) if name in files else []
        # A package comes before a module, a folder without __init__.py after both (PEP 420).
        inits = (folder / name / entry for entry in inside if module_name(entry) == "__init__")
        modules = (folder / file for file in files if file.endswith((*_SUFFIXES, ".pyc")))
        namespace = (folder / name for _ in inside[:1])
        return next(chain(inits, modules, namespace), None) if name else None

    def _entries(self, folder: Path) -> list[str]:
        if folder not in self._folders:
            try:
                self._folders[folder] = sorted(entry.name for entry in folder.iterdir())
            except OSError:
                self._folders[folder] = []
        return self._folders[folder]


def module_name(file: str) -> str | None:
    """Return the last part of the name of the module that a file holds; None when it holds none."""
    return file.partition(".")[0] if file.endswith(_SUFFIXES) else None
