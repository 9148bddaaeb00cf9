"""Circumstances that a module meets sooner or later: another thread, no stdout, no account.

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
    from typing import Any

_THREADS = "/proc/self/task"
_identity = getattr(_thread, "get_native_id", _thread.get_ident)  # some systems have no numbers
_PATIENCE = 4000  # times half a millisecond
# Where a program looks for its user, and for the home of that user.
_OF_THE_USER = (
    *("HOME", "USER", "LOGNAME", "LNAME", "USERNAME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"),
    *("USERPROFILE", "HOMEPATH", "HOMEDRIVE"),
)


def prepare(strain: Collection[str]) -> None:
    """Set up what lasts as long as the process."""
    if "no stdout" in strain:
        sys.stdin = sys.stdout = sys.stderr = None  # as pythonw does
    if "no account" in strain:
        _forget_the_user(home="/" if "a home" in strain else None)
    if "event loop" in strain:
        __import__("asyncio")
    if "thread" in strain:
        __import__("threading")  # it takes the thread that imports it for the main one


def _forget_the_user(home: str | None) -> None:
    """Have no home but this, and a user whom the list of accounts does not hold: a container's."""
    for name in _OF_THE_USER:
        os.environ.pop(name, None)
    if home:
        os.environ["HOME"] = home
    if not hasattr(os, "getuid"):
        return
    pwd: Any = __import__("pwd")
    own, known = os.getuid(), pwd.getpwuid

    def getpwuid(uid: int, /) -> object:
        if uid == own:
            raise KeyError(f"getpwuid(): uid not found: {uid}")
        return known(uid)

    pwd.getpwuid = getpwuid


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
        begun: list[int] = []
        done = allocate_lock()
        done.acquire()

        def main() -> None:
            begun.append(_identity())
            try:
                function()
            except BaseException as error:  # noqa: BLE001 (it is raised again below)
                raised.append(error)
            finally:
                done.release()

        others = _thread._count()
        start_new_thread(main, ())
        done.acquire()
        _wait_for_end(begun[0], others)
        if raised:
            raise raised[0]

    return run


def _wait_for_end(thread: int, others: int) -> None:
    """Wait until a thread has gone altogether: a fork while it is there is not safe.

    Others may stay: those that a module has started, and that of `faulthandler`, which watches.
    """
    for _ in range(_PATIENCE):
        if not _is_there(thread, others):
            return
        sleep(0.0005)


def _is_there(thread: int, others: int) -> bool:
    """Return whether a thread is there; where the system does not say it, whether one more is."""
    if os.path.exists(_THREADS):
        return os.path.exists(f"{_THREADS}/{thread}")
    return _thread._count() > others
