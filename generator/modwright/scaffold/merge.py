"""Moves the files of a project into a folder that holds others: all of them, or none.

Each file that is replaced is kept in the stage, and a journal there says what is to be done before
anything is done. So all of it can be taken back, in whatever state it was left: by the run itself
when a step fails, by the next run when this one is killed.
"""

import json
import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from modwright.errors import UsageFailed, in_words
from modwright.scaffold.stage import Stage, stage_for
from modwright_check.system.signals import uninterrupted


class _Journal(NamedTuple):
    """What a merge does: the files that arrive, each with its mark, and the folders it makes."""

    files: dict[str, list[int]]
    folders: list[str]


def merge(stage: Stage, destination: Path) -> None:
    """Move the files of the stage's project to their places in the destination.

    Raises:
        OSError: A step has failed. The destination is as it was.
        UsageFailed: And it could not be made so. The stage is kept.
    """
    with uninterrupted():
        journal = _plan(stage.project, destination)
        _write(journal, stage)
        try:
            for folder in journal.folders:
                (destination / folder).mkdir()
            for name in journal.files:
                if os.path.lexists(destination / name):
                    _move(destination / name, stage.replaced / name)
                _move(stage.project / name, destination / name)
            stage.journal.unlink()
        except OSError:
            _take_back(stage, destination)
            raise


def take_back_if_killed(destination: Path, agree: Callable[[str], bool]) -> None:
    """Take back what a run has left half-way that was killed.

    Args:
        destination: Where it was at work.
        agree: Called if it has replaced files, with a sentence that says so. Returns whether they
            shall be put back.

    Raises:
        UsageFailed: They shall not, or cannot be. Nothing was touched.
    """
    stage = stage_for(destination)
    if not (stage.is_ours and stage.is_half_way):
        return
    with stage.held():
        told = _told(stage, destination)
        if any(_files(stage.replaced)) and not agree(told):
            again = f"modwright new {shlex.quote(str(destination))}"
            raise UsageFailed(f"{told} To put them back, type this in a terminal: {again}")
        with uninterrupted():
            _take_back(stage, destination)


def _plan(project: Path, destination: Path) -> _Journal:
    files, folders = {}, []
    for file in sorted(_files(project)):
        name = file.relative_to(project)
        for folder in reversed(name.parents[:-1]):
            if (destination / folder).is_symlink():
                raise NotADirectoryError(None, "a link stands where a folder has to go", folder)
            if not (destination / folder).is_dir() and folder.as_posix() not in folders:
                folders.append(folder.as_posix())
        if (destination / name).is_dir():
            raise IsADirectoryError(None, "a folder stands where a file has to go", str(name))
        files[name.as_posix()] = _mark(file)
    return _Journal(files, folders)


def _take_back(stage: Stage, destination: Path) -> None:
    """Take back every step that was done, of a merge or of this itself.

    Raises:
        UsageFailed: It cannot be done without loss, or fails. The stage is kept.
    """
    try:
        journal = _read(stage)
        changed = [name for name in journal.files if _is_changed(name, journal, stage, destination)]
        if changed:
            raise FileExistsError(None, "changed in the meantime", ", ".join(changed))
        for name in journal.files:
            if not os.path.lexists(stage.project / name):  # it has arrived
                with suppress(FileNotFoundError):
                    _move(destination / name, stage.project / name)
            if os.path.lexists(stage.replaced / name):
                _move(stage.replaced / name, destination / name)
        for folder in reversed(journal.folders):
            with suppress(OSError):  # it was not made, or somebody has put something into it
                (destination / folder).rmdir()
        stage.journal.unlink()
    except (OSError, ValueError, TypeError, RecursionError) as error:
        reason = in_words(error) if isinstance(error, OSError) else error
        raise UsageFailed(
            f"{_told(stage, destination)} They cannot be put back ({reason}): take from there what"
            f" you need, then delete {stage.folder}."
        ) from None


def _is_changed(name: str, journal: _Journal, stage: Stage, destination: Path) -> bool:
    """Return whether somebody has been at a place since, and would lose what is there now."""
    if not os.path.lexists(destination / name):
        return False
    if os.path.lexists(stage.project / name):  # not arrived: whose place was made free for it?
        return os.path.lexists(stage.replaced / name)
    return _mark(destination / name) != journal.files[name]


def _told(stage: Stage, destination: Path) -> str:
    return (
        f"{destination} is half-written: a modwright was stopped there. The files of yours that it"
        f" replaced are in {stage.replaced}."
    )


def _write(journal: _Journal, stage: Stage) -> None:
    with stage.draft.open("w", encoding="utf-8") as draft:
        json.dump(journal._asdict(), draft)
        draft.flush()
        os.fsync(draft.fileno())
    stage.draft.rename(stage.journal)  # there is none, or a whole one


def _read(stage: Stage) -> _Journal:
    journal = _Journal(**json.loads(stage.journal.read_text(encoding="utf-8")))
    for name in map(PurePath, (*journal.files, *journal.folders)):
        if name.is_absolute() or ".." in name.parts:
            raise ValueError(f"{name} leads out of the folder")
    return journal


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _mark(file: Path) -> list[int]:
    """Return what a file keeps when it is moved, and hardly keeps when it is written to."""
    about = file.lstat()
    return [about.st_size, about.st_mtime_ns]


def _move(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    file.rename(place)
