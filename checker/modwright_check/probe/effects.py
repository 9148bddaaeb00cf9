"""Records side effects of an import, by an audit hook and by snapshots of the process.

An effect is a tuple: kind, detail, file, line, own, way. File and line are the innermost of the
module that is being imported: a function of another one may do as it is told. Without them only
the difference of two snapshots is known. `own` is false for what another distribution does on its
own account, while it is itself being imported. `way` leads from that line to the one that does it,
through functions of other modules of the project: of each its name, its file and the line.
"""

from __future__ import annotations

import _thread
import builtins
import gc
import sys
import warnings

from . import own_names
from .audit_events import (
    STARTS_A_THREAD,
    asked_of,
    asks_the_network,
    heard,
    looks_for_a_folder,
    name_of,
    thread_of,
    who_opens,
)
from .exports import asked_for
from .loading import MACHINERY, Loading
from .snapshots import difference, looks
from .variables import Variables

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    Way = tuple[tuple[str, str, int], ...]
    Place = tuple[str, int | None, Way]
    Effect = tuple[str, str, str | None, int | None, bool, Way]

_OF_WARNINGS = {"warnings", "_py_warnings"}  # the second from Python 3.14 on
# Kinds of state of which each look goes through all modules that are loaded: not at each import of
# others, of which there may be thousands, and which hold nothing yet that the project has defined.
_COSTLY = frozenset({"patch"})
_MOST = 20  # effects of one kind on one line
_LONGEST = 4_000  # characters of a detail: rules read it, and tell the beginning
_LONGEST_WAY = 10  # functions between a line and what it does


class Recorder:
    """Takes note of the effects of one process.

    Args:
        loading: The loads of this process.
        outputs: The files that stdout and stderr go to.
    """

    def __init__(self, loading: Loading, outputs: list[str]) -> None:
        self.loading = loading
        self.outputs = outputs
        self.effects: list[Effect] = []
        self.differences: set[Effect] = set()  # those of the effects that may be undone again
        self.first: dict[str, Any] = {}
        # Of each kind, the values on the way from the first to the last, each with what led there.
        # A value that comes back takes all after it away: `with warnings.catch_warnings():`.
        self.way: dict[str, list[tuple[Any, Effect | None]]] = {}
        self.folder = own_names.working_directory()
        self.times: dict[tuple[str, str | None, int | None], int] = {}
        self.listening = False
        self.collecting = False  # garbage, at whatever line the program has come to
        self.builtins = vars(builtins).copy()
        self.looks = looks(loading, outputs, self.builtins)
        self.seen: dict[str, Any] = {}
        self.openers: dict[object, str | None] = {}  # file: whose code has opened it
        self.variables = Variables()
        # Where each thread was started, as what it does comes of that line.
        self.started: dict[int, Place] = {}
        # Where each kind of difference was last traced to; when tracing has had enough, it is
        # the best that is known of the rest.
        self.places: dict[str, Place] = {}

    def begin(self) -> None:
        """Install what hears; nothing is noted before `listen`."""
        sys.addaudithook(self._hear)
        gc.callbacks.append(self._collect)
        setattr(warnings, "_showwarnmsg_impl", self._warned)  # noqa: B010 (no type knows of it)
        warnings.simplefilter("always")
        if sys.version_info < (3, 12):  # no event tells of a thread that starts
            _thread.start_new_thread = self._noting(_thread.start_new_thread)
        self.loading.on_entering = lambda _name: self.settle(later=_COSTLY)
        self.loading.on_leaving = lambda name: self.settle(by=name, later=_COSTLY)

    def move(self, outputs: list[str]) -> None:
        """Look from now on at other files that the outputs go to."""
        self.outputs[:] = outputs
        self.look_anew()

    def look_anew(self) -> None:
        """Take what is so now for no import's doing."""
        self.seen = self._look()

    def listen(self) -> None:
        """Begin with an import: what is so now is not its doing.

        What a parent has seen after its own import needs not be looked at again in its child.
        """
        self.effects = []
        self.times = {}
        self.places = {}
        self.started = {}
        self.variables = Variables()
        self.folder = own_names.working_directory()
        self.seen = self.seen or self._look()
        if "output" in self.looks:
            self.seen["output"] = self.looks["output"]()
        self.first = self.seen.copy()
        self.way = {kind: [(value, None)] for kind, value in self.first.items()}
        self.differences.clear()
        self.listening = True

    def stop(self) -> list[tuple[object, ...]]:
        """End with an import; return its effects, without what it has undone itself."""
        self.settle()
        self.listening = False
        lasting = {effect for values in self.way.values() for _, effect in values}
        lasts = [
            effect
            for effect in self.effects
            if effect not in self.differences or (effect in lasting and not self._is_closed(effect))
            if not self._is_undone(effect)
        ]
        return [
            (effect[0], own_names.without_own_names(effect[1]), *effect[2:5], [*effect[5]])
            for effect in lasts
        ]

    def _is_undone(self, effect: Effect) -> bool:
        """Return whether a file is gone again, and a variable or the folder is what it was."""
        if effect[0] == "environment":
            return self.variables.is_put_back(effect[1])
        if effect[0] == "folder":
            return own_names.working_directory() == self.folder
        return effect[0] == "file" and own_names.is_gone(effect[1])

    def _is_closed(self, effect: Effect) -> bool:
        """Return whether none of what a line has opened is open any more."""
        if effect[0] != "descriptor":
            return False
        left = difference("descriptor", self.first["descriptor"], self.seen["descriptor"])
        return not any(target in effect[1] for target in left.split(", "))

    def settle(
        self,
        find: Callable[[], Place | None] = lambda: None,
        by: str | None = None,
        later: frozenset[str] = frozenset(),
    ) -> None:
        """Note what has changed since the last time.

        Args:
            find: Tells file and line that did it, when they are known, and the way from there.
            by: Another distribution's module, when it is that one's doing.
            later: Kinds of state that are not looked at now.
        """
        if not self.listening:
            return
        now = self._look(later)
        if now == self.seen:
            return
        place = find()
        for kind, value in now.items():
            if value == self.seen[kind]:
                continue
            if place:
                self.places[kind] = place
            effect = None
            if detail := difference(kind, self.seen[kind], value):
                file, line, way = place or self.places.get(kind) or (None, None, ())
                said = f"{by}: {detail}" if by else detail
                effect = self._note(kind, said, file, line, way, own=by is None)
                self.differences.add(effect)
            self._go_on(kind, value, effect)
        self.seen = now

    def _go_on(self, kind: str, value: Any, effect: Effect | None) -> None:
        """Take note of where an effect has led, or that it has led back."""
        way = self.way[kind]
        for number, (before, _) in enumerate(way):
            if before == value:
                del way[number + 1 :]
                return
        way.append((value, effect))

    def _look(self, later: frozenset[str] = frozenset()) -> dict[str, Any]:
        self.listening, listening = False, self.listening
        try:
            return {
                kind: self.seen[kind] if kind in later else look()
                for kind, look in self.looks.items()
            }
        finally:
            self.listening = listening

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            if asked_for and asks_the_network(event, arguments):
                asked_for[-1] = True
            return
        try:
            self.variables.hear(event, arguments)
            if event == "open":
                self.openers[arguments[0]] = who_opens(sys._getframe(1))
            if (effect := heard(event, arguments)) is not None:
                self._note_here(*effect)
                if event in STARTS_A_THREAD:
                    self._starts(arguments[0])
            else:
                own_names.hear(event, arguments)
        except Exception:  # noqa: BLE001, S110 (what is heard must never disturb what is done)
            pass

    def _collect(self, phase: str, _: dict[str, int]) -> None:
        self.collecting = phase == "start"

    def _warned(self, message: Any) -> None:
        category = getattr(message.category, "__name__", "Warning")
        detail = f"{category}: {message.message}"
        if not self.listening or _is_about_our_watch(detail):
            return
        if category == "ResourceWarning" and (
            self.collecting or self._is_of_others(message.source, sys._getframe(1))
        ):
            return
        file, line, way, own = self._place(sys._getframe(1))
        # What is said of a source that is being compiled comes of no line of it; what a function
        # says of itself is its caller's matter; what others say is the matter of who uses them.
        if message.filename in self.loading.own and (not own or message.filename == file):
            file, line, way, own = message.filename, message.lineno, (), True
        elif own and (user := self._user_of_others(sys._getframe(1))) is not None:
            file, line, way = user.f_code.co_filename, user.f_lineno, ()
            own = not self._is_of_another(message.filename, sys._getframe(1))
        self._note("warning", detail, file, line, way, own=own)

    def _is_of_another(self, file: str, frame: FrameType | None) -> bool:
        """Return whether a library is warned of by one that it calls: both lie below the project.

        A warning names the file of who is to change something.
        """
        warning = None
        while frame is not None and frame.f_code.co_filename not in self.loading.own:
            top = str(frame.f_globals.get("__name__")).partition(".")[0]
            if top not in _OF_WARNINGS:
                warning = warning or top
                if frame.f_code.co_filename == file:
                    return top != warning and top not in sys.stdlib_module_names
            frame = frame.f_back
        return False

    def _is_of_others(self, left_open: object, frame: FrameType | None) -> bool:
        """Return whether others have opened a file and lost it, before they hand anything back."""
        opener = self.openers.get(getattr(left_open, "name", None))
        lost = self._user_of_others(frame) is not None
        return lost and opener is not None and opener not in self.loading.own

    def _user_of_others(self, frame: FrameType | None) -> FrameType | None:
        """Return the frame of the project that uses what warns; None when it warns itself."""
        while frame is not None and frame.f_globals.get("__name__") in _OF_WARNINGS:
            frame = frame.f_back
        if frame is None or frame.f_code.co_filename in self.loading.own:
            return None
        while frame is not None and frame.f_code.co_filename not in self.loading.own:
            frame = frame.f_back
        return frame

    def _noting(self, start: Callable[..., int]) -> Callable[..., int]:
        def start_new_thread(function: Any, *arguments: Any) -> int:
            if self.listening:
                self._note_here("thread", f"runs {name_of(function)}")
                self._starts(function)
            return start(function, *arguments)

        return start_new_thread

    def _note_here(self, kind: str, detail: str) -> None:
        frame = sys._getframe(2)
        if kind == "program" and (asked := asked_of(frame)):
            kind, detail = "question", f"{asked}, which {detail}"
        if kind != "file" or not looks_for_a_folder(frame):
            file, line, way, own = self._place(frame)
            self._note(kind, detail, file, line, way, own=own)

    def _starts(self, function: object) -> None:
        file, line, way, _ = self._place(sys._getframe(2))
        if file is not None and line is not None:
            self.started[thread_of(function)] = file, line, way

    def _beginning(self, frame: FrameType) -> Place | None:
        """Return the line that has started the thread of a frame; None in the main thread."""
        last = frame
        while last.f_back is not None:
            last = last.f_back
        begun = self.started.get(id(last.f_locals.get("self")))
        if begun is None or last.f_code.co_name == "<module>":
            return None
        file, line, way = begun
        step = frame.f_code.co_name, frame.f_code.co_filename, frame.f_lineno
        return file, line, (*way, step)[-_LONGEST_WAY:]

    def _place(self, frame: FrameType | None) -> tuple[str | None, int | None, Way, bool]:
        """Return the line that does it, the way, and whether no import lies between it and here."""
        own, files = True, self.loading.own
        while frame is not None:
            code = frame.f_code
            if code.co_filename in files:
                return (*(self._beginning(frame) or line_at_fault(frame, files)), own)
            if code.co_filename == MACHINERY and code.co_name == "_find_and_load":
                own = False
            frame = frame.f_back
        return None, None, (), False

    def _note(
        self, kind: str, detail: str, file: str | None, line: int | None, way: Way, *, own: bool
    ) -> Effect:
        times = self.times.get((kind, file, line), 0)
        effect = (kind, detail[:_LONGEST], file, line, own, way)
        if times < _MOST and effect not in self.effects:
            self.times[kind, file, line] = times + 1
            self.effects.append(effect)
        return effect


def line_at_fault(frame: FrameType, own: frozenset[str], line: int | None = None) -> Place:
    """Return the innermost line of the module that is being imported, and the way from there.

    Args:
        frame: The innermost one of the project's own.
        own: The files of the project's modules.
        line: Where that frame was; None where it still is.
    """
    innermost = frame.f_code.co_filename, line or frame.f_lineno, ()
    lines: dict[str, int] = {}
    ways: dict[str, Way] = {}
    way: Way = ()
    around: FrameType | None = frame
    while around is not None:
        file, at = around.f_code.co_filename, line or around.f_lineno
        line = None
        if file in own:
            lines.setdefault(file, at)
            ways.setdefault(file, way)
            name = around.f_code.co_name
            if name == "<module>":
                return file, lines[file], ways[file][:_LONGEST_WAY]
            way = ((name, file, at), *way)
        around = around.f_back
    return innermost  # in a thread, say


def _is_about_our_watch(warning: str) -> bool:
    """Return whether a warning of a fork beside a thread is about the thread that watches the time.

    `faulthandler` has started that one. Python warns of threads from 3.12 on, whosever they are.
    """
    return " is multi-threaded, use of " in warning and not _thread._count()
