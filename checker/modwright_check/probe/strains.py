"""Circumstances that a module meets sooner or later: another thread, an event loop, no stdout.

What needs no code of ours is set by the checker: `-OO`, `-S`, an ASCII locale, a zip file.
"""

from __future__ import annotations

import _thread
import os
import sys
from _thread import allocate_lock, start_new_thread
from time import sleep

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_THREADS = "/proc/self/task"
_PATIENCE = 4000  # times half a millisecond


def prepare(strain: Collection[str]) -> None:
    """Set up what lasts as long as the process."""
    if "no stdout" in strain:
        sys.stdin = sys.stdout = sys.stderr = None  # as pythonw does
    if "event loop" in strain:
        __import__("asyncio")
    if "thread" in strain:
        __import__("threading")  # it takes the thread that imports it for the main one


def under(strain: Collection[str], function: Callable[[], None]) -> None:
    """Call a function under a strain; raise what it raises."""
    if "event loop" in strain:
        function = _in_event_loop(function)
    if "thread" in strain:
        function = _in_thread(function)
    function()


def _in_event_loop(function: Callable[[], None]) -> Callable[[], None]:
    async def main() -> None:
        function()

    def run() -> None:
        loop = sys.modules["asyncio"].new_event_loop()
        try:
            loop.run_until_complete(main())
        finally:
            loop.close()

    return run


def _in_thread(function: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        raised: list[BaseException] = []
        done = allocate_lock()
        done.acquire()

        def main() -> None:
            try:
                function()
            except BaseException as error:  # noqa: BLE001 (it is raised again below)
                raised.append(error)
            finally:
                done.release()

        before = _threads()
        start_new_thread(main, ())
        done.acquire()
        _wait_until_ended(before)
        if raised:
            raise raised[0]

    return run


def _wait_until_ended(before: int) -> None:
    """Wait until the thread has gone altogether: a fork while it is there is not safe.

    Args:
        before: How many threads there were without it. The watchdog of faulthandler is one.
    """
    for _ in range(_PATIENCE):
        if _threads() <= before:
            return
        sleep(0.0005)


def _threads() -> int:
    try:
        return os.stat(_THREADS).st_nlink - 2
    except OSError:
        return _thread._count() + 1
