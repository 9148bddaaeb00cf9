"""What a program may take together with all that it starts: processes, memory, disk; on Linux."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock

from modwright_check.system.cgroup import Cgroup, cgroup
from modwright_check.system.processes import wait
from modwright_check.system.side_by_side import cores
from modwright_check.system.usage import disk_usage, memory_shared_out, usage

if sys.platform == "linux":
    import resource

LARGEST_FILE = 64 << 20  # bytes; a module that writes more at import has lost its way
LARGEST_HOME = 1 << 30  # bytes of all that a program may write
MOST_PROCESSES = 1000 + 20 * cores()  # of one program; the fork tree has some for each core
MOST_TASKS = 2 * MOST_PROCESSES  # processes and threads of one program, where the kernel counts
LOOK_EVERY = 0.5  # seconds

_LIMITING = Lock()


class TooMuch(Exception):
    """A program and all that it has started take too much together; the message says of what."""


def group_of_limited_size() -> AbstractContextManager[Cgroup | None]:
    """Make a group in which the kernel itself counts, None where none can be made."""
    return cgroup(MOST_TASKS)


@contextmanager
def limited() -> Iterator[None]:
    """Lower this process's own limits for a moment: what it starts has them from the beginning.

    Those of a process that runs already would come too late for what it has forked by then.
    """
    with _LIMITING, ExitStack() as restored:
        for kind, most in _limits():
            soft, hard = resource.getrlimit(kind)
            set_already = (each for each in (soft, hard) if each != resource.RLIM_INFINITY)
            lowest = min([most, *set_already])
            resource.setrlimit(kind, (lowest, hard))
            restored.callback(resource.setrlimit, kind, (soft, hard))
        yield


def keep_limited(process: subprocess.Popen[bytes]) -> None:
    """Keep what is run from raising its limits again."""
    for kind, most in _limits():
        with suppress(OSError, ValueError):  # it has ended, or is not ours any more
            resource.prlimit(process.pid, kind, (most, most))


def wait_watching(
    process: subprocess.Popen[bytes], seconds: float, folder: Path, group: Cgroup | None
) -> int:
    """Return the exit code, and look meanwhile at what a program takes with all its processes.

    The limits of the system count each process by itself, and no shared memory.

    Args:
        process: To wait for, the leader of a session.
        seconds: That it may take.
        folder: Where it writes.
        group: That holds it, if one could be made.

    Raises:
        TimeoutExpired: The time is over.
        TooMuch: It takes too much.
    """
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > LOOK_EVERY and sys.platform == "linux":
        with suppress(subprocess.TimeoutExpired):
            code = wait(process, LOOK_EVERY)
            _demand_room(group)
            return code
        _demand_room(group)
        _demand_little(process.pid, folder)
    return wait(process, max(0.0, left))


def _demand_room(group: Cgroup | None) -> None:
    if group and group.was_full:
        raise TooMuch(f"it has started more than {MOST_TASKS} processes and threads")


def _demand_little(process: int, folder: Path) -> None:
    taken = usage(process)
    if taken.processes > MOST_PROCESSES:
        raise TooMuch(f"it has started more than {MOST_PROCESSES} processes")
    most = _memory_limit()
    if taken.memory > most and memory_shared_out(process) > most:
        raise TooMuch(f"its processes together take more than {most >> 20} MB of memory")
    if disk_usage(folder, LARGEST_HOME) > LARGEST_HOME:
        raise TooMuch(f"it has written more than {LARGEST_HOME >> 20} MB to its temporary home")


def _limits() -> Iterator[tuple[int, int]]:
    """Yield what is limited, and how far, lest disk and memory be filled; on Linux."""
    if sys.platform == "linux":
        yield resource.RLIMIT_FSIZE, LARGEST_FILE
        yield resource.RLIMIT_DATA, _memory_limit()


def _memory_limit() -> int:
    """Return half of the machine's memory in bytes, and at least 1 GiB."""
    installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(installed // 2, 1 << 30)
