"""Ends background processes together with the process that has started them.

On Linux a process can adopt what its descendants leave behind (`PR_SET_CHILD_SUBREAPER` of
prctl(2)), whatever session and environment they have given themselves. Elsewhere nobody can.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PR_SET_CHILD_SUBREAPER = 36
_ROUNDS = 1000  # in which processes are ended that start others meanwhile


@contextmanager
def orphans_ended() -> Iterator[None]:
    """End, at the end, every process that was started meanwhile and is still there; on Linux.

    Only for a process that starts nothing else meanwhile that is to live on.
    """
    before = set(_children())
    if not _adopt(True):
        yield
        return
    try:
        yield
    finally:
        _end_all_but(before)
        _adopt(False)


def _adopt(wanted: bool) -> bool:
    """Return whether this process adopts orphans from now on, or does not, as is wanted."""
    if sys.platform != "linux":
        return False
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return not library.prctl(_PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0)
    except (OSError, AttributeError):
        return False


def _end_all_but(others: set[int]) -> None:
    """End our children; those of each, which it leaves to us, in the next round.

    A program that runs as somebody else (sudo) cannot be ended, and is not waited for.
    """
    out_of_reach = set(others)
    for _ in range(_ROUNDS):
        ours = {child for child in _children() if child not in out_of_reach}
        if not ours:
            return
        for child in ours:  # first none of them can start another, then all end
            _send(child, signal.SIGSTOP)
        ended = {child for child in ours if _send(child, signal.SIGKILL)}
        for child in ended:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
        out_of_reach |= ours - ended


def _send(process: int, number: int) -> bool:
    """Return whether a process got a signal."""
    try:
        os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _children() -> list[int]:
    """Return the processes whose parent is this one."""
    try:
        processes = [int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit()]
    except OSError:
        return []
    return [process for process in processes if _parent_of(process) == os.getpid()]


def _parent_of(process: int) -> int | None:
    """Return the parent of a process; None when it has ended."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123 (thousands of them)
            # The name before it, in brackets, may hold anything.
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None
