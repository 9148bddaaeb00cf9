"""Processes that are forked, each the first of a group, and waited for."""

from __future__ import annotations

import sys
from _signal import SIG_DFL, SIGALRM, SIGKILL, signal
from os import fork, ftruncate, killpg, setpgid, stat, waitpid

_THREADS = "/proc/self/task"


def fork_group() -> int:
    """Fork; the child is the first process of a group of its own."""
    child = fork()
    if not child:
        setpgid(0, 0)
        signal(SIGALRM, SIG_DFL)
    return child


def end_group(child: int) -> int:
    """Wait for a child; end what it has started and make room in the outputs."""
    _, status = waitpid(child, 0)
    try:
        killpg(child, SIGKILL)
    except OSError:
        pass
    for output in (1, 2):
        try:
            ftruncate(output, 0)
        except OSError:
            pass
    return status


def has_threads() -> bool:
    """Return whether there are threads, which a fork would not take along."""
    try:
        return stat(_THREADS).st_nlink > 3  # noqa: PLR2004 (two links of any folder, one thread)
    except OSError:
        return has_threads_of_python()


def has_threads_of_python() -> bool:
    """Return whether threads run Python, and so may hold any lock of it when a fork comes."""
    return bool(sys.modules["_thread"]._count())


def is_lost(status: int) -> bool:
    """Return whether a signal has ended a process, as that of the time limit does.

    Args:
        status: As `waitpid` tells it.
    """
    return status & 0x7F != 0
