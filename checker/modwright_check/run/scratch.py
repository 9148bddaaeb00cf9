"""The folder that a check works in, and those that checks which were killed have left."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from modwright_check.model.report import Progress
from modwright_check.system.living_in import end_all_that_live_in
from modwright_check.system.locks import hold
from modwright_check.system.signals import uninterrupted

PREFIX = "modwright-check-"
LOCK = "lock"  # held by the check as long as it lives, and by whoever removes the folder


@contextmanager
def scratch_folder(progress: Progress) -> Iterator[Path]:
    """Make a folder for one check, and remove it at the end with all that it holds.

    What a check that was killed could not remove is removed first.

    Args:
        progress: Told of each folder that was left.
    """
    for folder in _left_behind():
        progress(f"removing {folder}, left by a check that was killed", "")
        end_all_that_live_in(folder)
        _remove(folder)
    folder = _new_folder()
    draft = folder / "draft"
    with draft.open("wb") as lock:
        try:
            hold(lock)
            # Windows renames no file that is open, and some file systems have no locks: there,
            # what is left cannot be told from what is at work, and stays.
            if os.name != "nt" and not _is_free(draft):
                draft.rename(folder / LOCK)  # which is never there without being held
            yield folder
        finally:
            if os.name == "nt":
                lock.close()
            with uninterrupted():  # without its lock nobody would remove what is left of it
                _remove(folder)


def _new_folder() -> Path:
    """Make the first of our folders that is not there: a check has the path of the one before.

    Of an interpreter at a new path uv asks Python what it is, and remembers that for good. This
    takes longer than all else that uv does for a check.
    """
    place = _place()
    for number in count():
        folder = place / f"{PREFIX}{number}"
        with suppress(FileExistsError):
            folder.mkdir(mode=stat.S_IRWXU)
            break
    return folder


def _left_behind() -> Iterator[Path]:
    """Yield the folders of killed checks, each while it is held: nobody else takes it."""
    for file in _place().glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError):  # another check has just removed it, or it is somebody else's
            if file.parent.lstat().st_uid != os.geteuid():
                continue
            with file.open("r+b") as lock:
                # The path may be that of a newer check by now.
                if hold(lock) and os.path.samestat(os.fstat(lock.fileno()), file.stat()):
                    yield file.parent


def _place() -> Path:
    return Path(tempfile.gettempdir()).resolve()


def _remove(folder: Path) -> None:
    """Remove a folder with all that it holds, also where a module has forbidden that.

    The lock comes last: of a check that is killed meanwhile, the next one removes the rest.
    """
    for path, names, _ in os.walk(folder):
        for inside in (Path(path, name) for name in names):
            if not inside.is_symlink():
                with suppress(OSError):
                    inside.chmod(stat.S_IRWXU)
    for inside in (each for each in folder.glob("*") if each.name != LOCK):
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside, ignore_errors=True)
        else:
            with suppress(OSError):
                inside.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _is_free(file: Path) -> bool:
    with file.open("r+b") as lock:
        return hold(lock)
