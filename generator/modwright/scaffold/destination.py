"""The folder that a project is made in: looked at before, filled in one step, or left alone."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.errors import UsageFailed

# A fresh clone of an empty repository is a fine place to start in.
NOT_COUNTED = {".git"}
# Left behind, if anything, by a run that was killed; it holds nothing of the person's.
STAGE = ".modwright-"


def demand_usable(destination: Path, *, force: bool) -> None:
    """Check that a project can be made here.

    Raises:
        UsageFailed: It is no folder, or holds files that the project could overwrite.
    """
    ancestor = _nearest_existing(destination)
    if not ancestor.is_dir():
        raise UsageFailed(f"{ancestor} is a file, not a folder. Name another destination.")
    if force or ancestor != destination:
        return
    names = {entry.name for entry in _entries(destination)} - NOT_COUNTED
    if not all(name.startswith(STAGE) for name in names):
        raise UsageFailed(
            f"{destination} is not empty. Name another destination, or overwrite what the"
            " project needs there with --force."
        )


@contextmanager
def staging(destination: Path) -> Iterator[Path]:
    """Yield a new folder of the destination's name, on its file system, that is removed at the end.

    Raises:
        UsageFailed: The destination cannot be written to.
    """
    try:
        stage = TemporaryDirectory(prefix=STAGE, dir=_nearest_existing(destination))
    except OSError as error:
        raise _not_writable(destination, error) from None
    with stage as folder:
        yield Path(folder, destination.name)


def put_in_place(staged: Path, destination: Path) -> None:
    """Move a finished project to its destination; on a failure the destination is as it was.

    Raises:
        UsageFailed: The destination cannot be written to, or somebody else has just filled it.
    """
    try:
        if staged.is_relative_to(destination):  # which was there already
            _merge(staged, destination, staged.with_name("replaced"))
        else:
            destination.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(destination)  # one step: nobody ever sees half a project
    except OSError as error:
        raise _not_writable(destination, error) from None


def _merge(staged: Path, destination: Path, replaced: Path) -> None:
    """Move each file to its place; take every step back unless all succeed."""
    with ExitStack() as steps_back:
        for file in sorted(path for path in staged.rglob("*") if not path.is_dir()):
            name = file.relative_to(staged)
            for folder in reversed(name.parents[:-1]):
                if (destination / folder).is_symlink():
                    raise NotADirectoryError(None, "a link stands where a folder has to go", folder)
                if not (destination / folder).is_dir():
                    (destination / folder).mkdir()
                    steps_back.callback((destination / folder).rmdir)
            if os.path.lexists(destination / name):
                _set_aside(destination / name, replaced / name)
                steps_back.callback((replaced / name).rename, destination / name)
            file.rename(destination / name)
            steps_back.callback((destination / name).unlink)
        steps_back.pop_all()


def _set_aside(file: Path, place: Path) -> None:
    if file.is_dir():
        raise IsADirectoryError(None, "a folder stands where a file has to go", str(file))
    place.parent.mkdir(parents=True, exist_ok=True)
    file.rename(place)


def _nearest_existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if os.path.lexists(place))


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.iterdir()
    except OSError as error:
        raise UsageFailed(f"{folder} cannot be read: {error.strerror}.") from None


def _not_writable(destination: Path, error: OSError) -> UsageFailed:
    where = f" ({error.filename})" if error.filename else ""
    return UsageFailed(
        f"Cannot write to {destination}: {error.strerror}{where}. Name another destination."
    )
