"""The files of extension modules: their module, and the Python and machine they are built for."""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath

from modwright_check.wheel.extension_names import INITIALISERS, MACH_O, MACH_O_FAT

# x.so, x.abi3.so, x.cpython-313t-x86_64-linux-gnu.so, x.cp313-win_amd64.pyd
_FILE = re.compile(r"(?P<name>[^./]+)(\.(?P<tag>[^/]+))?\.(so|pyd)")
# Of a tag, the version of CPython that it binds the file to.
_VERSION = re.compile(r"(?:cpython-|cp)3(\d+)t?(?![\d.])")

# Values of e_machine (ELF), Machine (PE) and cputype (Mach-O) that Python is distributed for.
_MACHINES = {
    ("ELF", 3): "32-bit x86",
    ("ELF", 21): "ppc64",
    ("ELF", 22): "s390x",
    ("ELF", 40): "32-bit ARM",
    ("ELF", 62): "x86-64",
    ("ELF", 183): "aarch64",
    ("ELF", 243): "RISC-V",
    ("PE", 0x14C): "32-bit x86",
    ("PE", 0x8664): "x86-64",
    ("PE", 0xAA64): "ARM64",
    ("Mach-O", 0x01000007): "x86-64",
    ("Mach-O", 0x0100000C): "arm64",
}
_OF_ONE_MACHINE = dict(zip(MACH_O_FAT, (20, 32), strict=True))  # bytes of the header
_ELF_HEADER = 52  # bytes, of 32-bit files
_MOST_MACHINES = 16  # of one fat file; a Java class begins with the same four bytes


@dataclass(frozen=True)
class Extension:
    """A file that Python would load as an extension module by its name.

    Args:
        module: The dotted name that it would have.
        path: The file, relative to site-packages.
        tag: What stands between the name and the suffix, such as `abi3`; empty without.
    """

    module: str
    path: PurePosixPath
    tag: str

    @property
    def minor(self) -> int | None:
        """Return the x of the Python 3.x that the tag binds the file to; None for no such bond."""
        version = _VERSION.match(self.tag)
        return int(version[1]) if version else None


def installed_extensions(distribution: Distribution) -> list[Extension]:
    """Return every `.so` and `.pyd` that an import could reach, sorted by module and path.

    Shared libraries beside the modules are among them: `libfoo.so` would be `import libfoo`.

    Args:
        distribution: As it is installed.
    """
    found = (_extension(PurePosixPath(path)) for path in distribution.files or ())
    return sorted(filter(None, found), key=lambda file: (file.module, file.path))


def has_initialiser(file: Path, name: str) -> bool:
    """Return whether a file holds the name of a function that initialises a module of this name.

    Args:
        file: The extension.
        name: The last part of the module's name.
    """
    with file.open("rb") as opened:
        try:
            content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # it is empty
            return False
        with content:
            return any(content.find(f"{begin}_{name}".encode()) >= 0 for begin in INITIALISERS)


def machines(file: Path) -> frozenset[str]:
    """Return which machines a binary is made for, such as `{"x86-64 (ELF)"}`; none when it is none.

    Read from the headers of the three formats: System V ABI (ELF), Microsoft's PE, Apple's Mach-O.
    """
    with file.open("rb") as opened:
        head = opened.read(4096)
    return frozenset(
        f"{_MACHINES.get((form, number), hex(number))} ({form})" for form, number in _numbers(head)
    )


def _extension(path: PurePosixPath) -> Extension | None:
    file = _FILE.fullmatch(path.name)
    if not file:
        return None
    parts = [*path.parent.parts, file["name"]]
    if parts[-1] == "__init__":
        parts.pop()
    if not parts or not all(part.isidentifier() for part in parts):
        return None
    return Extension(".".join(parts), path, file["tag"] or "")


def _numbers(head: bytes) -> Iterator[tuple[str, int]]:
    magic = head[:4]
    if magic == b"\x7fELF" and len(head) >= _ELF_HEADER:
        yield "ELF", int.from_bytes(head[18:20], "little" if head[5] == 1 else "big")
    elif magic[:2] == b"MZ":
        start = int.from_bytes(head[60:64], "little")
        if head[start : start + 4] == b"PE\0\0":
            yield "PE", int.from_bytes(head[start + 4 : start + 6], "little")
    elif magic in MACH_O:
        yield "Mach-O", int.from_bytes(head[4:8], "little")
    elif magic in _OF_ONE_MACHINE and (count := int.from_bytes(head[4:8])) <= _MOST_MACHINES:
        size = _OF_ONE_MACHINE[magic]
        for start in range(8, 8 + count * size, size):
            yield "Mach-O", int.from_bytes(head[start : start + 4])
