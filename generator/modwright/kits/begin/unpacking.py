"""Wheels laid into an environment without an installer, where none may run.

A wheel is a zip whose content lies in `site-packages` as it stands, but for a folder of `.data`
(binary distribution format 1.0) and the commands that its entry points name.
"""

import configparser
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .trouble import Trouble

_SHEBANG = b"#!python"


@dataclass(frozen=True)
class Folders:
    """Where the parts of a wheel go in an environment.

    Args:
        environment: Its folder.
        python: Its interpreter.
        site: Its `site-packages`.
    """

    environment: Path
    python: Path
    site: Path

    @property
    def scripts(self) -> Path:
        """Where commands lie."""
        return self.python.parent

    def of(self, kind: str) -> Path:
        """Return where a part of a wheel's data goes."""
        return {
            "purelib": self.site,
            "platlib": self.site,
            "scripts": self.scripts,
            "headers": self.environment / "include" / "site",
        }.get(kind, self.environment)


def folders_of(environment: Path) -> Folders:
    """Return where things lie in an environment of the running Python."""
    if os.name == "nt":
        return Folders(
            environment,
            environment / "Scripts" / "python.exe",
            environment / "Lib" / "site-packages",
        )
    version = f"python3.{sys.version_info.minor}"
    site = environment / "lib" / version / "site-packages"
    return Folders(environment, environment / "bin" / "python", site)


def unpack(wheels: Iterable[Path], folders: Folders) -> None:
    """Lay wheels into an environment.

    Raises:
        Trouble: One wants to lie elsewhere.
        OSError: It cannot be written.
    """
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for _ in workers.map(lambda wheel: _unpack(wheel, folders), wheels):
            pass


def write_commands(entry_points: str, folders: Folders) -> None:
    """Write the commands that a file `entry_points.txt` names."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read_string(entry_points)
    for group in ("console_scripts", "gui_scripts"):
        if parser.has_section(group):
            for name, target in parser.items(group):
                _write_command(name, target.partition("[")[0].strip(), folders)


def _unpack(wheel: Path, folders: Folders) -> None:
    with zipfile.ZipFile(wheel) as content:
        for entry in content.infolist():
            if not entry.is_dir():
                file = _inside(folders, entry.filename, wheel)
                file.parent.mkdir(parents=True, exist_ok=True)
                _write(file, content.read(entry), entry.external_attr >> 16, folders)
        for text in _entry_points(content):
            write_commands(text, folders)


def _inside(folders: Folders, name: str, wheel: Path) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise Trouble(f"The file {wheel.name} is not a wheel: {name} lies outside of it.")
    first, *rest = path.parts
    if first.endswith(".data") and len(rest) > 1:
        return folders.of(rest[0]).joinpath(*rest[1:])
    return folders.site / path


def _write(file: Path, content: bytes, mode: int, folders: Folders) -> None:
    if file.parent == folders.scripts and content.startswith(_SHEBANG):
        content = _head(folders) + content.partition(b"\n")[2]
    file.write_bytes(content)
    if mode & 0o100 or file.parent == folders.scripts:
        file.chmod(0o755)


def _entry_points(content: zipfile.ZipFile) -> Iterator[str]:
    for name in content.namelist():
        if name.count("/") == 1 and name.endswith(".dist-info/entry_points.txt"):
            yield content.read(name).decode("utf-8")


def _write_command(name: str, target: str, folders: Folders) -> None:
    if not name or set(name) & set('/\\:*?"<>|'):
        return
    module, _, attribute = target.partition(":")
    first = attribute.partition(".")[0]
    program = f"import sys; from {module} import {first}; sys.exit({attribute}())"
    if os.name == "nt":
        # What installers put there is a program; a script for cmd.exe needs none.
        line = f'@"%~dp0python.exe" -c "{program}" %*\r\n'
        (folders.scripts / f"{name}.bat").write_bytes(line.encode())
        return
    file = folders.scripts / name
    file.write_bytes(_head(folders) + f"{program}\n".encode())
    file.chmod(0o755)


def _head(folders: Folders) -> bytes:
    """Return how a script begins; the path of an interpreter may hold blanks, or be long."""
    if os.name == "nt":
        return _SHEBANG + b"\n"
    quoted = "'" + str(folders.python).replace("'", "'\"'\"'") + "'"
    return f"#!/bin/sh\n''':'\nexec {quoted} \"$0\" \"$@\"\n'''\n".encode()
