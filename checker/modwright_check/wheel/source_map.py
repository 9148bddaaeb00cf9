"""Where the wheel's files lie: installed in the environment, and as source in the project."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from modwright_check.wheel.modules import Module

# Where projects keep their packages, in the order of their spread; then any folder at the top.
_ROOTS = ("src", ".", "lib", "python")

_AROUND = 3  # folders of an environment around its site-packages: python3.X, lib and itself


@dataclass(frozen=True)
class SourceMap:
    """The files of a wheel in their two places.

    Args:
        project: The project's folder; None when there is only a wheel.
        site_packages: Where the wheel is installed.
        modules: What it offers.
    """

    project: Path | None
    site_packages: Path
    modules: tuple[Module, ...]

    def answers_for(self, name: str) -> bool:
        """Return whether a module of this name could come from the wheel alone.

        It could when the wheel holds it or a package around it. A namespace package (PEP 420)
        holds no module of its own, so `acme.mail` beside `acme.billing` is somebody else's.
        """
        return any(part in self._names for part in (name, *_parents(name)))

    def installed(self, path: PurePosixPath) -> Path:
        """Return the file in the environment, with links resolved."""
        if path not in self._resolved:
            self._resolved[path] = (self.site_packages / path).resolve()
        return self._resolved[path]

    def in_project(self, path: PurePosixPath) -> str:
        """Return the source of an installed file, relative to the project's folder.

        A file that the build has made, such as an extension, has none: its path in the wheel
        stands for it.
        """
        if self.project is None:
            return path.as_posix()
        if path not in self._found:
            places = (f"{root}/{path}".removeprefix("./") for root in self._roots)
            found = (place for place in places if (self.project / place).is_file())
            self._found[path] = next(found, path.as_posix())
        return self._found[path]

    def shortened(self, text: str) -> str:
        """Return a message without the folder of the environment, which is gone after the check.

        What lies around site-packages is named as seen from there.
        """
        text = text.replace(f"{self.site_packages}{os.sep}", "")
        for up, folder in enumerate(self.site_packages.parents[:_AROUND], start=1):
            text = text.replace(f"{folder}{os.sep}", f"..{os.sep}" * up)
        return text

    def innermost(self, frames: Iterable[tuple[str, int]]) -> tuple[str, int] | None:
        """Return source and line of the innermost frame that belongs to the project."""
        for file, line in reversed(list(frames)):
            if path := self._by_file.get(str(Path(file))):
                return self.in_project(path), line
        return None

    # What is asked for once a module, known once a check.

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(module.name for module in self.modules)

    @cached_property
    def _by_file(self) -> dict[str, PurePosixPath]:
        return {str(self.site_packages / module.path): module.path for module in self.modules}

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        entries = self.project.iterdir() if self.project else ()
        return (*_ROOTS, *sorted(entry.name for entry in entries if entry.is_dir()))

    @cached_property
    def _resolved(self) -> dict[PurePosixPath, Path]:
        return {}

    @cached_property
    def _found(self) -> dict[PurePosixPath, str]:
        return {}


def _parents(name: str) -> Iterator[str]:
    """Yield the packages around a module, the innermost first."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
