"""Runs work that mostly waits for processes concurrently; Ctrl-C does not wait long for it."""

import os
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from queue import Empty, Queue
from typing import TypeVar

MOST_BUSY = 8  # times as long that something may take on a machine that others use

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

LOOK = 0.5  # seconds between two looks for a signal
PATIENCE = 0.5  # seconds for what is under way when nobody waits any more


def side_by_side(
    work: Callable[[Item], Outcome],
    items: Collection[Item],
    at_once: int,
    *,
    stop: Callable[[], None] = lambda: None,
    tell: Callable[[int], None] = lambda _done: None,
) -> list[Outcome]:
    """Return what the work has made of each item, in the order of the items.

    Args:
        work: Called in several threads. What it raises is raised here, and nothing is begun then.
        items: What to work on.
        at_once: How many at a time.
        stop: Called when nobody waits any more: ends what is under way, if that can be ended.
        tell: Told how many are done, each time that one is.
    """
    waiting: Queue[tuple[int, Item]] = Queue()
    done: Queue[tuple[int, Outcome] | BaseException] = Queue()
    for numbered in enumerate(items):
        waiting.put(numbered)

    def do() -> None:
        with suppress(Empty):
            while True:
                number, item = waiting.get_nowait()
                try:
                    done.put((number, work(item)))
                except BaseException as error:  # noqa: BLE001 (it is raised where it is waited for)
                    done.put(error)

    threads = [threading.Thread(target=do, daemon=True) for _ in range(min(at_once, len(items)))]
    outcomes: dict[int, Outcome] = {}
    try:
        for thread in threads:
            thread.start()
        while len(outcomes) < len(items):
            finished = _next(done)
            if isinstance(finished, BaseException):
                raise finished
            outcomes[finished[0]] = finished[1]
            tell(len(outcomes))
    except BaseException:  # Ctrl-C above all: nobody shall wait for a module that hangs
        _empty(waiting)
        stop()
        _wait_for(threads)
        raise
    return [outcomes[number] for number in range(len(items))]


def cores() -> int:
    """Return how many cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def busyness() -> int:
    """Return how many times as long work takes because other programs use the machine, about.

    That is the number of processes that want a core, for each core, over the last minute.
    """
    if not hasattr(os, "getloadavg"):
        return 1
    return min(MOST_BUSY, max(1, int(os.getloadavg()[0] / cores())))


def _next(done: Queue[Outcome]) -> Outcome:
    """Wait for what is done next.

    A signal that another thread receives wakes no wait of this one, which looks for itself.
    """
    while True:
        with suppress(Empty):
            return done.get(timeout=LOOK)


def _empty(waiting: Queue[tuple[int, Item]]) -> None:
    """Let nothing be begun any more."""
    with suppress(Empty):
        while True:
            waiting.get_nowait()


def _wait_for(threads: Collection[threading.Thread]) -> None:
    """Wait for threads, all together no longer than our patience lasts."""
    until = time.monotonic() + PATIENCE
    for thread in threads:
        if thread.ident is not None:  # it has been started
            thread.join(max(0.0, until - time.monotonic()))
