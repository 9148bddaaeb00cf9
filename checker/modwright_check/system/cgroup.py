"""Processes that the kernel itself keeps to a number, in a control group (cgroups(7)); on Linux.

A look at what programs have started comes late: what forks without end has started thousands by
then, and lets nobody else come to look. A group can be made by root, and by users to whom the
system has left a part of the tree.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EBUSY
from functools import cache
from itertools import count
from pathlib import Path
from time import sleep

_PREFIX = "modwright-"
_NUMBERS = count()
_VERSION_2 = ""  # which has all controllers in one tree
_SHELL = "/bin/sh"
_ENTER = '{ echo $$ > "$0"; } 2> /dev/null; unset PWD OLDPWD SHLVL; exec "$@"'
_ROUNDS, _PAUSE = 100, 0.01  # seconds between two attempts to remove a group


class Cgroup:
    """A control group.

    Args:
        folder: By which the kernel shows it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holding(self, command: Sequence[str]) -> list[str]:
        """Return a command that runs another one in this group, with all that it will start.

        To be put there by somebody else it would have to wait: what has been started before that
        is not in the group. A shell is there sooner than a Python; what it adds to the environment
        is taken away.

        Args:
            command: The other one.
        """
        return [_SHELL, "-c", _ENTER, str(self._folder / "cgroup.procs"), *command]

    @property
    def was_full(self) -> bool:
        """Whether a process or a thread was refused, because there were as many as there may be."""
        with suppress(OSError, IndexError):
            return (self._folder / "pids.events").read_bytes().split()[1] != b"0"
        return False


@contextmanager
def cgroup(most: int) -> Iterator[Cgroup | None]:
    """Make a group for a time, None where none can be made.

    Args:
        most: The number of processes and threads that it may hold.
    """
    folder = _made(most)
    try:
        yield Cgroup(folder) if folder else None
    finally:
        if folder:
            _remove(folder)


def _made(most: int) -> Path | None:
    for parent in _parents():
        folder = parent / f"{_PREFIX}{os.getpid()}-{next(_NUMBERS)}"
        try:
            folder.mkdir()
            (folder / "pids.max").write_text(str(most), encoding="ascii")
        except OSError:
            _remove(folder)
            continue
        return folder
    return None


@cache
def _parents() -> tuple[Path, ...]:
    """Return where a group can be made that counts processes, if the system lets us.

    In version 1 of control groups it can be made in the group that we are in; in version 2 only
    beside that, as only leaves may hold processes there.
    """
    mounts, groups, parents = _mounts(), _groups(), []
    for controller in ("pids", _VERSION_2):
        if controller in mounts and controller in groups:
            root = mounts[controller]
            ours = root / groups[controller].lstrip("/")
            is_leaf = controller == _VERSION_2 and ours != root
            parents.append(ours.parent if is_leaf else ours)
    for parent in parents:
        _remove_what_others_left(parent)
    return tuple(parents)


def _mounts() -> dict[str, Path]:
    """Return where the groups of each controller are mounted, see proc_pid_mountinfo(5)."""
    mounts: dict[str, Path] = {}
    for line in _lines("/proc/self/mountinfo"):
        mount, _, file_system = line.partition(" - ")
        root, where = mount.split()[3:5]
        kind, _source, options = file_system.split(" ", 2)
        controllers = {"cgroup": options.split(","), "cgroup2": [_VERSION_2]}.get(kind, [])
        mounts |= dict.fromkeys(controllers if root == "/" else [], Path(where))
    return mounts


def _groups() -> dict[str, str]:
    """Return the group of this process for each controller."""
    groups: dict[str, str] = {}
    for line in _lines("/proc/self/cgroup"):
        _number, controllers, path = line.split(":", 2)
        groups |= dict.fromkeys(controllers.split(","), path)
    return groups


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8", "replace").splitlines()
    except OSError:  # not Linux
        return []


def _remove_what_others_left(parent: Path) -> None:
    """Remove the groups of checks that were killed.

    Some may hold processes still, and another check may remove the same ones meanwhile.
    """
    for folder in parent.glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            with suppress(OSError):
                folder.rmdir()


def _remove(folder: Path) -> None:
    """Remove a group whose processes have been killed, and are about to end."""
    for _ in range(_ROUNDS):
        try:
            folder.rmdir()
        except OSError as error:
            if error.errno == EBUSY:
                sleep(_PAUSE)
                continue
        break
