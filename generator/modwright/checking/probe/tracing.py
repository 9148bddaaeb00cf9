"""Finds the very line that changes something: looks after each line of the project's own code.

Slow, and only used when it is known that there is something to find.
"""

from __future__ import annotations

import sys

from .effects import Recorder

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any


MOST = 5_000  # lines after which to look; a module that computes shall come to an end


def trace(recorder: Recorder, own: frozenset[str], kinds: list[str]) -> None:
    """Attribute every difference to a line from now on.

    Args:
        recorder: Is asked after each line.
        own: The files of the project's modules; lines of other files count for who called them.
        kinds: Of effects: to look at everything after each line takes minutes.
    """
    last: list[tuple[str, int] | None] = [None]
    recorder.looks = {kind: recorder.looks[kind] for kind in kinds if kind in recorder.looks}
    looks = [0]

    def on_line(frame: FrameType, event: str, _argument: Any) -> Any:
        looks[0] += 1
        if looks[0] > MOST:
            recorder.listening, listening = False, recorder.listening
            sys.settrace(None)
            recorder.listening = listening
            return None
        recorder.settle(last[0])
        if event == "return":
            caller = _own_caller(frame, own)
            last[0] = (caller.f_code.co_filename, caller.f_lineno) if caller else last[0]
        else:
            last[0] = (frame.f_code.co_filename, frame.f_lineno)
        return on_line

    def on_call(frame: FrameType, _event: str, _argument: Any) -> Any:
        return on_line if frame.f_code.co_filename in own else None

    recorder.loading.on_entering = lambda _name: recorder.settle(last[0])
    recorder.loading.on_leaving = lambda name: recorder.settle(last[0], by=name)
    sys.settrace(on_call)


def _own_caller(frame: FrameType, own: frozenset[str]) -> FrameType | None:
    caller = frame.f_back
    while caller is not None and caller.f_code.co_filename not in own:
        caller = caller.f_back
    return caller
