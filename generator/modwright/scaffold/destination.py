"""The folder that a project is made in: looked at before, filled in one step, or left alone."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from modwright.errors import UsageFailed
from modwright.scaffold.merge import merge
from modwright.scaffold.stage import STAGE, Stage, stage_beside, stage_for
from modwright_check.system.signals import uninterrupted

# A fresh clone of an empty repository is a fine place to start in.
NOT_COUNTED = {".git"}


def demand_usable(destination: Path, *, force: bool) -> None:
    """Check that a project can be made here.

    Raises:
        UsageFailed: It is not a folder, or contains files that the project could overwrite.
    """
    ancestor = next(
        place for place in (destination, *destination.parents) if os.path.lexists(place)
    )
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
def staging(destination: Path) -> Iterator[Stage]:
    """Yield the stage of a destination, whose parents are made; at the end nothing is left of it.

    Raises:
        UsageFailed: The destination cannot be written to, or another run is at work there.
    """
    steps_back = ExitStack()
    try:
        with uninterrupted():
            stage = _prepare(destination, steps_back)
        yield stage
    finally:
        with uninterrupted():
            steps_back.close()


def put_in_place(stage: Stage, destination: Path) -> None:
    """Move a finished project to its destination; on a failure the destination is as it was.

    Raises:
        UsageFailed: The destination cannot be written to, or somebody else has just filled it.
    """
    try:
        if stage.folder.parent == destination:  # which was there already
            merge(stage, destination)
        else:
            stage.project.rename(destination)  # one step: nobody ever sees half a project
    except OSError as error:
        raise _not_writable(destination, error) from None


def _prepare(destination: Path, steps_back: ExitStack) -> Stage:
    stage, beside = stage_for(destination), stage_beside(destination)
    try:
        for folder in reversed(destination.parents):
            if not folder.exists():
                steps_back.callback(_remove_if_empty, folder)
                folder.mkdir(exist_ok=True)
        steps_back.enter_context(stage.held())
        if stage.folder != beside.folder and beside.is_ours:  # a run that found no folder yet
            steps_back.enter_context(beside.held())
    except OSError as error:
        raise _not_writable(destination, error) from None
    if stage.is_half_way:
        raise UsageFailed(f"{destination} has just been left half-written. Try again.")
    return stage


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


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
