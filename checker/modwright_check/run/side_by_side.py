"""As many processes at a time as there are cores, which all end at Ctrl-C."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from modwright_check.run.sandbox import UnderWay

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    function: Callable[[Item], Result], items: Iterable[Item], under_way: UnderWay
) -> Iterator[Result]:
    """Call a function for each item, as many at a time as there are cores; yield in their order."""
    with ThreadPoolExecutor(max_workers=cores()) as workers:
        try:
            yield from workers.map(function, items)
        except BaseException:  # Ctrl-C above all: nobody shall wait for a module that hangs
            workers.shutdown(wait=False, cancel_futures=True)
            under_way.end_all()
            raise


def cores() -> int:
    """Return how many cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
