"""Files of an exercise that are not where they have to be, and where they are instead."""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .exercises import COURSE, Exercise
from .places import SOLVED, START

_NOT_INSIDE = ("__pycache__", "node_modules", "build", "dist", "site-packages")
_ALIKE = 0.85


class Lost(NamedTuple):
    """A file that was there when an exercise began, and what to say of it."""

    file: str
    told: str


def lost(root: Path, exercise: Exercise) -> Lost | None:
    """Return a file that is not there any more, if there is one.

    Whatever else is wrong then follows from it.
    """
    for place in exercise.places:
        was_there = place.name or (root / START / place.file).is_file()
        if was_there and not (root / place.file).is_file():
            found = _near(root, place.file) or _anywhere(root, place.file)
            told = found or "To begin the exercise anew gives it back."
            return Lost(place.file, f"There is no {place.file}. {told}")
    return None


def strayed(root: Path, exercise: Exercise) -> str:
    """Return where a file is that the exercise asks for, if it has another name or folder."""
    for place in exercise.places:
        if not place.name and not (root / place.file).is_file():
            found = _near(root, place.file) or _above(root, place.file)
            if found:
                return found
    return ""


def _near(root: Path, file: str) -> str:
    """Return what to say of a file in the same folder whose name is nearly the right one."""
    path = PurePosixPath(file)
    there = [
        name
        for name in _names(root / path.parent)
        if not _is_known(root, path.parent / name) and not name.endswith("__.py")
    ]
    for name in difflib.get_close_matches(path.name, there, 1, _ALIKE):
        return f"There is {name} in that folder: rename it to {path.name}."
    return ""


def _above(root: Path, file: str) -> str:
    """Return what to say of a file of this name in a folder above."""
    path = PurePosixPath(file)
    if path.name.startswith("__"):  # nearly every folder has one
        return ""
    for folder in path.parent.parents:
        found = folder / path.name
        if (root / found).is_file() and not _is_known(root, found):
            return _move(str(found), file)
    return ""


def _anywhere(root: Path, file: str) -> str:
    for found in _all_of(root, PurePosixPath(file).name):
        return _move(found, file)
    return ""


def _move(found: str, file: str) -> str:
    return f"There is one at {found}: move it to {PurePosixPath(file).parent}/."


def _all_of(root: Path, name: str) -> Iterator[str]:
    """Yield the files of a name that a learner may have put somewhere, those above first."""
    own = {root / SOLVED, root / START, root / COURSE / "runner"}
    for folder, inside, names in os.walk(root):
        inside[:] = sorted(
            each
            for each in inside
            if not each.startswith(".")
            and each not in _NOT_INSIDE
            and Path(folder, each) not in own
        )
        if name in names:
            yield Path(folder, name).relative_to(root).as_posix()


def _is_known(root: Path, file: PurePosixPath) -> bool:
    """Return whether a file of this path belongs to the course."""
    return any((root / holds / file).is_file() for holds in (SOLVED, START))


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError:
        return []
