"""Where the environment lies: beside the project, or where links and short paths are to be had."""

import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .kit import Kit, Needs
from .trouble import Trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BESIDE = ".venv"
LONGEST_PATH = 259  # that Windows takes
FAR = 1 << 30  # a byte that no manifest has: Windows lets nobody read what is locked
PATIENCE = 180  # seconds that a start waits for another one
ROOM_TO_WORK = 64 << 20  # bytes besides the environment


def find_place(project: Path, needs: Needs) -> tuple[Path, str]:
    """Return the folder of the environment, and why it does not lie beside the project, if so.

    Raises:
        Trouble: The project's folder cannot be written to.
    """
    _demand_writable(project)
    beside = project / BESIDE
    if reason := _reason_against(beside, needs):
        digest = hashlib.sha256(os.fsencode(project)).hexdigest()[:8]
        return user_data() / f"{_short(project.name)}-{digest}", reason
    return beside, ""


def user_data() -> Path:
    """Return the folder for what programs keep for this user."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "modwright-kits"


def demand_room(environment: Path, needs: Needs) -> None:
    """Check that an environment fits on the disk.

    Raises:
        Trouble: It does not.
    """
    there = next(folder for folder in environment.parents if folder.exists())
    free = shutil.disk_usage(there).free
    wanted = needs.size + ROOM_TO_WORK
    if free < wanted:
        raise Trouble(
            f"The disk is full: {free >> 20} MB are free at {there}, and {wanted >> 20} MB are"
            " needed. Make room, or move the folder to another disk, and start again."
        )


@contextmanager
def alone(kit: Kit) -> Iterator[None]:
    """Hold a kit for this start; another one waits here until it is done.

    Raises:
        Trouble: The other one does not come to an end.
    """
    with kit.manifest.open("rb") as lock:
        until = time.monotonic() + PATIENCE
        if not _hold(lock):
            print("Another start is at work in this folder: waiting for it.", flush=True)
            while not _hold(lock):
                if time.monotonic() > until:
                    raise Trouble("Another start does not end. Close its window, and start again.")
                time.sleep(0.2)
        yield


def _hold(lock: IO[bytes]) -> bool:
    if sys.platform == "win32":
        lock.seek(FAR)
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some file systems have no locks
            return True
    return True


def _demand_writable(project: Path) -> None:
    probe = project / f".modwright-kit-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Trouble(f"The disk is full: {project}. Make room, and start again.") from None
        raise Trouble(
            f"Nothing can be written to {project.parent}. Copy that folder to your home folder or"
            " desktop, and start there."
        ) from None


def _reason_against(beside: Path, needs: Needs) -> str:
    if any(part.startswith("OneDrive") for part in beside.parts):
        return "OneDrive would copy each of its files"
    if sys.platform == "win32":
        if len(str(beside)) + len("\\Lib\\site-packages\\") + needs.longest > LONGEST_PATH:
            return "the path of the folder is too long"
        return ""
    return "" if _has_links(beside.parent) else "this disk has no links"


def _has_links(folder: Path) -> bool:
    link = folder / f".modwright-kit-{os.getpid()}"
    try:
        link.symlink_to("nowhere")
    except OSError:
        return False
    finally:
        with suppress(OSError):
            link.unlink()
    return True


def _short(name: str) -> str:
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char == "-"))[:20]
