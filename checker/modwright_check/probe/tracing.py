"""Finds the line that changes something: samples the state after each line of first-party code.

Slow, and only used when it is known that there is something to find.
"""

from __future__ import annotations

import sys

from .effects import Recorder, line_at_fault
from .snapshots import patches_among

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from .effects import Place
    from .loading import Loading

# Lines after which to look, of one file and of all: a module that computes shall come to an end,
# and those after it be looked at all the same.
MOST, MOST_OF_ALL = 10_000, 50_000


def trace(recorder: Recorder, plan: dict[str, Any]) -> None:
    """Attribute every difference to a line from now on, after too many of them to a module.

    To look at everything after each line takes minutes.

    Args:
        recorder: Is asked after each line.
        plan: With the kinds of effects to look for, in which files, and where: see `start`.
    """
    own, patched = recorder.loading.own, plan["patched"]
    last: list[tuple[FrameType, int] | None] = [None]  # a frame, and the line that it was at
    recorder.looks = {
        kind: recorder.looks[kind] for kind in plan["trace"] if kind in recorder.looks
    }
    if patched and "patch" in recorder.looks:
        recorder.looks["patch"] = lambda: patches_among(patched, recorder.loading)
    left = dict.fromkeys(plan["within"] or own, MOST)  # what is not in here, is not looked at
    left_of_all = [MOST_OF_ALL]

    def on_line(frame: FrameType, event: str, _argument: Any) -> Any:
        recorder.settle(last_place)
        at: FrameType | None = frame
        if event == "return":
            at = _own_caller(frame, own)
        elif not _goes_on(frame.f_code.co_filename):
            frame.f_trace_lines = False
        if at is not None:  # the last line is not known in a file that is no longer traced
            last[0] = (at, at.f_lineno) if at.f_code.co_filename in left else None
        return on_line

    def on_call(frame: FrameType, _event: str, _argument: Any) -> Any:
        return on_line if frame.f_code.co_filename in left else None

    def last_place() -> Place | None:
        """Return where it was; its callers are still where they were, as they do not go on."""
        return last[0] and line_at_fault(last[0][0], own, last[0][1])

    def _goes_on(file: str) -> bool:
        """Count a line; return whether the next one of its file is to be looked at."""
        left_of_all[0] -= 1
        if file in left:
            left[file] -= 1
            if not left[file]:
                del left[file]
        if left_of_all[0] == 0:
            left.clear()
            recorder.listening, listening = False, recorder.listening
            sys.settrace(None)
            recorder.listening = listening
        return file in left

    def at_a_boundary(by: str | None = None) -> None:
        recorder.settle(place_at_a_boundary, by)

    def place_at_a_boundary() -> Place | None:
        place = last_place()
        if place is None or place[0] not in recorder.loading.own_stack:  # that module is done
            place = _being_loaded(recorder.loading)
        return place

    recorder.loading.on_own = recorder.loading.on_own_end = at_a_boundary
    recorder.loading.on_entering = lambda _name: at_a_boundary()
    recorder.loading.on_leaving = at_a_boundary
    sys.settrace(on_call)


def _being_loaded(loading: Loading) -> Place | None:
    """Return the module of the project that has run up to now; None where a library loads it."""
    if loading.foreign_depth or not loading.own_stack:
        return None
    return loading.own_stack[-1], None, ()


def _own_caller(frame: FrameType, own: frozenset[str]) -> FrameType | None:
    caller = frame.f_back
    while caller is not None and caller.f_code.co_filename not in own:
        caller = caller.f_back
    return caller
