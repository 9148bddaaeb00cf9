"""Processes that are forked, each the first of a group, and waited for."""

from __future__ import annotations

import sys
from _signal import SIG_DFL, SIGALRM, SIGKILL, signal
from os import O_WRONLY, dup2, fork, ftruncate, killpg, setpgid, stat, waitpid
from os import _exit as leave
from os import open as open_descriptor

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
        return bool(sys.modules["_thread"]._count())


def leave_threads_behind() -> None:
    """Go on in a fork of this process, which has but the one thread.

    The others live as long as what they have been started for, and nobody hears them: what they
    write would be taken for the doing of whatever is imported next.
    """
    child = fork()
    if child:
        nowhere = open_descriptor("/dev/null", O_WRONLY)
        for output in (1, 2):
            dup2(nowhere, output)
        _, status = waitpid(child, 0)
        leave(1 if is_lost(status) else status >> 8)


def is_lost(status: int) -> bool:
    """Return whether a signal has ended a process, as that of the time limit does.

    Args:
        status: As `waitpid` tells it.
    """
    return status & 0x7F != 0
