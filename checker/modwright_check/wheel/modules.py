"""The modules of a wheel."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from zipfile import ZipFile

from modwright_check.wheel.extension_names import INITIALISERS, MACH_O, MACH_O_FAT, XCOFF

# Source, or an extension with or without a tag: x.py, x.so, x.abi3.so, x.cp313-win.pyd.
_MODULE = re.compile(r"(?P<name>[^./]+)(\.py|(?P<tag>\.[^/]+)?\.(so|pyd))")
_BINARIES = (b"\x7fELF", b"MZ", *MACH_O, *MACH_O_FAT, *XCOFF)
_PIECE = 1 << 20  # bytes that are looked through at once
# Of a wheel's data, only these are laid where Python looks for modules.
_LIBRARIES = {"purelib", "platlib"}


@dataclass(frozen=True, order=True)
class Module:
    """A module of a wheel.

    Args:
        name: Its dotted name.
        path: Its file, relative to site-packages.
    """

    name: str
    path: PurePosixPath


def wheel_modules(wheel: Path) -> list[Module]:
    """Return every module that can be imported once the wheel is installed, sorted by name.

    Private ones, `__main__` and modules in folders without `__init__.py` are among them. Files
    whose names are not identifiers, such as `0001_first.py`, are not: no import can name them.
    """
    with ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if not _is_library(name, archive)]
    installed = map(_installed_path, members)
    modules = [module for path in installed if path and (module := _module(path))]
    # Several files may share a name. Python takes a package before an extension before a source.
    by_name = {module.name: module for module in sorted(modules, key=_precedence)}
    return sorted(by_name.values())


def installed_files(wheel: Path) -> dict[PurePosixPath, str]:
    """Return the files that lie in site-packages once the wheel is installed, sorted.

    Each is relative to it, with the name of its member in the wheel. Metadata is left out.
    """
    with ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if not name.endswith("/")]
    return dict(sorted((path, name) for name in members if (path := _installed_path(name))))


def unpacked_size(wheel: Path) -> int:
    """Return the bytes that the files of a wheel take once it is installed."""
    with ZipFile(wheel) as archive:
        return sum(member.file_size for member in archive.infolist())


def files_outside(wheel: Path) -> list[str]:
    """Return the files of a wheel whose names lead out of the folder that they are installed in."""
    with ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if _leads_out(_without_scheme(name))]


def _is_library(member: str, archive: ZipFile) -> bool:
    """Return whether a file is a shared library, which looks like an extension but offers none.

    An extension has a function to initialise it, of its own name. Where the file's name has the tag
    of an ABI as well, it is taken for an extension if there is such a function of any name.
    """
    file = _MODULE.fullmatch(PurePosixPath(member).name)
    if not file or member.endswith(".py") or (file["tag"] and not _is_binary(member, archive)):
        return False
    of_which = "" if file["tag"] else file["name"]
    return not _holds(archive, member, *(f"{begin}_{of_which}".encode() for begin in INITIALISERS))


def _is_binary(member: str, archive: ZipFile) -> bool:
    """Return whether a file can be loaded at all, here or on another machine."""
    with archive.open(member) as content:
        return content.read(4).startswith(_BINARIES)


def _holds(archive: ZipFile, member: str, *texts: bytes) -> bool:
    """Return whether one of some texts stands in a file, which is read no further than that.

    Extensions are large, and the names that they export often come first.
    """
    longest = max(map(len, texts))
    with archive.open(member) as content:
        read = b""
        while piece := content.read(_PIECE):
            read = read[-longest:] + piece
            if any(text in read for text in texts):
                return True
    return False


def _precedence(module: Module) -> tuple[bool, bool]:
    is_package = module.path.name.partition(".")[0] == "__init__"
    return is_package, module.path.suffix != ".py"


def _installed_path(member: str) -> PurePosixPath | None:
    """Return where an installer puts a file of the wheel, relative to site-packages."""
    top, _, rest = member.partition("/")
    if top.endswith(".dist-info"):
        return None
    if top.endswith(".data") and rest.partition("/")[0] not in _LIBRARIES:
        return None
    path = _without_scheme(member)
    return None if _leads_out(path) else PurePosixPath(normpath(path))


def _without_scheme(member: str) -> str:
    """Return the name of a file without the folder that says which kind of file it is."""
    top, _, rest = member.partition("/")
    return rest.partition("/")[2] if top.endswith(".data") else member


def _leads_out(path: str) -> bool:
    return path.startswith("/") or f"{normpath(path)}/".startswith("../")


def _module(path: PurePosixPath) -> Module | None:
    file = _MODULE.fullmatch(path.name)
    if not file:
        return None
    parts = [*path.parent.parts, file["name"]]
    if parts[-1] == "__init__":
        parts.pop()
    if not parts or not all(part.isidentifier() for part in parts):
        return None
    return Module(".".join(parts), path)
