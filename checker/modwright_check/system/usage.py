"""What a process and all that it has started take together: number, memory, disk; on Linux."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Of /proc/PID/stat after the name, in the order of proc_pid_stat(5).
_PARENT, _SESSION, _PAGES = 1, 3, 21
_BLOCK = 512  # bytes, whatever the block size of a file system (stat(3type))


@dataclass(frozen=True)
class Usage:
    """What processes take.

    Args:
        processes: How many there are.
        memory: Bytes in memory, which they may share.
    """

    processes: int
    memory: int


def usage(process: int) -> Usage:
    """Return what a process, its descendants and those of its session take.

    Memory that several of them share counts for each, so this is the most that it can be.

    Args:
        process: The leader of a session.
    """
    pages = _family(process)
    return Usage(len(pages), sum(pages.values()) * os.sysconf("SC_PAGE_SIZE"))


def memory_shared_out(process: int) -> int:
    """Return the bytes that a process and its family have in memory, what they share counted once.

    Args:
        process: The leader of a session.
    """
    return sum(map(_proportional, _family(process)))


def disk_usage(folder: Path, most: int) -> int:
    """Return the bytes that the files in a folder take, or some number above a limit.

    Args:
        folder: To look through; links are not followed.
        most: The limit, beyond which nobody has to know more.
    """
    taken, waiting = 0, [str(folder)]
    while waiting and taken <= most:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with suppress(OSError):
                    taken += entry.stat(follow_symlinks=False).st_blocks * _BLOCK
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
    return taken


def _family(process: int) -> dict[int, int]:
    """Return the processes that belong to one, each with its pages in memory."""
    children: dict[int, list[int]] = defaultdict(list)
    pages: dict[int, int] = {}
    begin = [process]
    for number, fields in _table():
        children[int(fields[_PARENT])].append(number)
        pages[number] = int(fields[_PAGES])
        if int(fields[_SESSION]) == process:
            begin.append(number)
    return {number: pages[number] for number in _descendants(begin, children) if number in pages}


def _descendants(begin: Iterable[int], children: dict[int, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(begin)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += children[number]
    return found


def _table() -> Iterator[tuple[int, list[bytes]]]:
    try:
        numbers = [entry.name for entry in os.scandir("/proc") if entry.name.isdigit()]
    except OSError:
        return
    for number in numbers:
        with suppress(OSError), open(f"/proc/{number}/stat", "rb") as file:  # noqa: PTH123
            # The name, in brackets, may hold anything.
            fields = file.read().rpartition(b")")[2].split()
            if len(fields) > _PAGES:
                yield int(number), fields


def _proportional(process: int) -> int:
    """Return the proportional set size of a process in bytes: its share of what is shared."""
    with suppress(OSError, ValueError):
        text = Path(f"/proc/{process}/smaps_rollup").read_bytes()
        return int(text.partition(b"\nPss:")[2].split()[0]) << 10
    return 0
