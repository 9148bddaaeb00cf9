"""The folder that a run works in, inside its destination or beside it: one run at a time."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR
from typing import IO

from modwright.errors import UsageFailed
from modwright_check.system.locks import hold
from modwright_check.system.signals import uninterrupted

STAGE = ".modwright-"  # begins its name: it counts as nothing, and is never committed


class Stage:
    """What a run keeps on the destination's file system until it is done.

    Args:
        folder: Where. Runs for the same destination have the same stage.
        name: That of the destination.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.project = folder / "project" / name
        # While a merge is half-way: the person's files, and what is to be done.
        self.replaced = folder / "replaced"
        self.journal = folder / "journal.json"
        self.draft = folder / "journal.draft"
        self.lock = folder / "lock"  # held by the run as long as it lives

    @property
    def is_half_way(self) -> bool:
        """Return whether a merge has begun that is neither done nor taken back."""
        return os.path.lexists(self.journal)

    @property
    def is_ours(self) -> bool:
        """Return whether it is there, as a folder of this person's."""
        try:
            about = self.folder.lstat()
        except OSError:
            return False
        return S_ISDIR(about.st_mode) and (os.name == "nt" or about.st_uid == os.geteuid())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make it and hold it for this run alone; remove it at the end, unless it is half-way.

        Raises:
            UsageFailed: Another run holds it, or something else has its name.
            OSError: It cannot be made.
        """
        lock = None
        try:
            with uninterrupted():
                lock = self._take()
                if not self.is_half_way:  # a run that was killed may have left the rest
                    self._clear()
                    self.project.parent.mkdir()
            yield
        finally:
            if lock:
                with uninterrupted():
                    self._let_go(lock)

    def _take(self) -> IO[bytes]:
        while True:
            with suppress(FileExistsError):
                self.folder.mkdir(mode=0o700)
            if not self.is_ours:
                raise UsageFailed(f"{self.folder} is in the way. Move it elsewhere.")
            with suppress(FileNotFoundError):  # another run has just removed the folder
                lock = self.lock.open("ab")
                if not hold(lock):
                    lock.close()
                    raise UsageFailed(
                        f"Another modwright is at work in {self.folder}. Wait until it is done."
                    )
                if os.path.samestat(os.fstat(lock.fileno()), self.lock.stat()):
                    return lock
                lock.close()

    def _clear(self) -> None:
        for folder in (self.project.parent, self.replaced):
            shutil.rmtree(folder, ignore_errors=True)
        self.draft.unlink(missing_ok=True)

    def _let_go(self, lock: IO[bytes]) -> None:
        if not self.is_half_way:
            self._clear()
            if sys.platform == "win32":  # which removes no file that is open
                lock.close()
            with suppress(OSError):  # another run may be at it by now
                self.lock.unlink()
                self.folder.rmdir()
        lock.close()


def stage_for(destination: Path) -> Stage:
    """Return the stage of a destination: inside it, if it is there, for it may be a mount."""
    if os.path.isdir(destination):  # noqa: PTH112 (no failure when it cannot be looked at)
        return Stage(destination / f"{STAGE}stage", destination.name)
    return stage_beside(destination)


def stage_beside(destination: Path) -> Stage:
    """Return the stage of a destination that is not there yet."""
    return Stage(destination.parent / f"{STAGE}stage-{destination.name}", destination.name)
