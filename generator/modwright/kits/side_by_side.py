"""Work that mostly waits, done side by side; Ctrl-C does not wait long for it."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

PATIENCE = 0.5  # seconds for what is under way when nobody waits any more


def side_by_side(
    work: Callable[[Item], Outcome],
    items: Collection[Item],
    at_once: int,
    stop: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Item, Outcome]]:
    """Yield each item with what the work has made of it, in the order in which they are done.

    Args:
        work: Called in several threads. What it raises is raised here, and nothing is begun then.
        items: What to work on.
        at_once: How many at a time.
        stop: Called when nobody waits any more: ends what is under way, if that can be ended.
    """
    waiting: Queue[Item] = Queue()
    done: Queue[tuple[Item, Outcome | None, BaseException | None]] = Queue()
    for item in items:
        waiting.put(item)

    def do() -> None:
        while True:
            try:
                item = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((item, work(item), None))
            except BaseException as error:  # noqa: BLE001 (it is raised where it is waited for)
                done.put((item, None, error))

    threads = [threading.Thread(target=do, daemon=True) for _ in range(min(at_once, len(items)))]
    for thread in threads:
        thread.start()
    try:
        for _ in items:
            item, outcome, error = done.get()
            if error is not None:
                raise error
            yield item, outcome  # type: ignore[misc] # None only where there is an error
    finally:
        _empty(waiting)
        stop()
        until = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))


def _empty(waiting: Queue[Item]) -> None:
    """Let nothing be begun any more."""
    with suppress(Empty):
        while True:
            waiting.get_nowait()
