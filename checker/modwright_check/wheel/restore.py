"""The installed files of the wheel, put back when a module has changed or deleted them."""

from pathlib import Path
from shutil import copyfileobj
from zipfile import ZipFile

from modwright_check.wheel.modules import installed_files


class InstalledFiles:
    """The files of a wheel where they are installed.

    Args:
        wheel: The file that they come from.
        site_packages: Where they are.
    """

    def __init__(self, wheel: Path, site_packages: Path) -> None:
        self._wheel = wheel
        self._members = {
            site_packages / path: member for path, member in installed_files(wheel).items()
        }
        self._states = {file: _state(file) for file in self._members}

    def restore(self) -> bool:
        """Put back what is not as it was; return whether there was anything."""
        damaged = [file for file, state in self._states.items() if _state(file) != state]
        if damaged:
            with ZipFile(self._wheel) as archive:
                for file in damaged:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with archive.open(self._members[file]) as content, file.open("wb") as copy:
                        copyfileobj(content, copy)
                    self._states[file] = _state(file)
        return bool(damaged)


def _state(file: Path) -> tuple[int, int] | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns
