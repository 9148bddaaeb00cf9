"""A virtual environment and its interpreter, as plain data."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PythonInfo:
    """What an interpreter says of itself; it need not be the one that runs the check.

    Args:
        version: Such as `3.13.0`.
        standard_modules: The names at the top of its standard library, for every system.
        builtin_modules: Those that are compiled into it.
        standard_folders: Where its standard library lies: files in Python, then extensions.
        extension_suffixes: How the file names of its extension modules end.
        private_names: The names of `sys` that begin with an underscore.
    """

    version: str
    standard_modules: frozenset[str]
    builtin_modules: frozenset[str]
    standard_folders: tuple[Path, ...]
    extension_suffixes: tuple[str, ...]
    private_names: frozenset[str]


@dataclass(frozen=True)
class Environment:
    """A virtual environment.

    Args:
        python: Its interpreter.
        site_packages: The folder that wheels are installed into.
        info: What the interpreter says of itself.
    """

    python: Path
    site_packages: Path
    info: PythonInfo

    @property
    def version(self) -> str:
        """The interpreter's version, such as `3.13.0`."""
        return self.info.version
