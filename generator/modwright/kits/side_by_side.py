"""Work that mostly waits, done side by side; Ctrl-C waits for none of it."""

import threading
from collections.abc import Callable, Collection, Iterator
from queue import Empty, Queue
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def side_by_side(
    work: Callable[[Item], Outcome], items: Collection[Item], at_once: int
) -> Iterator[tuple[Item, Outcome]]:
    """Yield each item with what the work has made of it, in the order in which they are done.

    Args:
        work: Called in several threads. What it raises is raised here, and nothing is begun then.
        items: What to work on.
        at_once: How many at a time.
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

    for _ in range(min(at_once, len(items))):
        threading.Thread(target=do, daemon=True).start()
    try:
        for _ in items:
            item, outcome, error = done.get()
            if error is not None:
                raise error
            yield item, outcome  # type: ignore[misc] # None only where there is an error
    finally:
        while not waiting.empty():  # begin nothing any more
            try:
                waiting.get_nowait()
            except Empty:
                break
