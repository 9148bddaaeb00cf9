"""Which files a wheel lays into site-packages."""

from pathlib import Path, PurePosixPath
from zipfile import ZipFile

# Of a wheel's data, only these are laid where Python looks for modules.
_LIBRARIES = {"purelib", "platlib"}


def installed_files(wheel: Path) -> tuple[PurePosixPath, ...]:
    """Return the files of a wheel, relative to site-packages, without its metadata, sorted.

    Args:
        wheel: The file.
    """
    with ZipFile(wheel) as archive:
        members = map(PurePosixPath, archive.namelist())
        names = [member for member in members if not str(member).endswith("/")]
    return tuple(sorted(path for member in names if (path := _installed(member))))


def _installed(member: PurePosixPath) -> PurePosixPath | None:
    top, *rest = member.parts
    if top.endswith(".dist-info"):
        return None
    if top.endswith(".data"):
        return PurePosixPath(*rest[1:]) if rest and rest[0] in _LIBRARIES else None
    return member
