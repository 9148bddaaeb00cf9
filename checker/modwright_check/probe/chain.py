"""The chain: one process that imports many modules of the project, each as if it were the first.

A module that does nothing but to define things leaves a process as it was, but for itself. So it
needs no process of its own: it is imported in one that finds `sys.modules` as a fresh interpreter
has it, is taken out of sight again, and is handed back to the modules that import it, which come
later. What it must have left alone is looked at (`watched`) before its verdict counts.

The chain goes on in steps. A step is some modules, in a child of the process that has done the
steps before. When a module of it has had an effect, has changed what is not its own, or has ended
the process, the step is done again without it: that module is left to the fork tree, and so is
whatever needs it.
"""

from __future__ import annotations

import builtins
import gc
import sys
from _signal import ITIMER_REAL, SIGALRM, setitimer
from os import (
    O_APPEND,
    O_CREAT,
    O_WRONLY,
    close,
    dup2,
    getpid,
    pipe,
    read,
    set_blocking,
    times,
    write,
)
from os import _exit as leave
from os import open as open_descriptor
from time import process_time

from .exports import attributes, has_exports, is_plain, note_exports
from .forking import end_group, fork_group, has_threads
from .hidden import Hidden
from .preload import forget_parts_of_what_failed, state
from .result_writer import Outcomes
from .watched import TooMuch, Watched

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

    from .effects import Recorder
    from .importer import Importer

LONGEST_STEP = 256  # modules
# After so many seconds of a processor, or such a part of what has been gained, a step ends: it may
# have to be done again. And no more than so many processes wait for one another.
LONGEST, PART = 1.0, 16
DEEPEST = 200
LOST = 0.1  # seconds, and a quarter of what has been gained: when more is lost, the tree goes on
FAILED = 75  # EX_TEMPFAIL: the step is to be done again
MOST_HOT = 200  # objects that are looked at after each module
AT_ONCE = 1 << 16  # bytes read of a pipe

DONE, CHANGED = ".", "?"


class Chain:
    """Imports modules of the project in order of dependence.

    Args:
        plan: See `start`.
        folder: Where the outcomes go, and what the modules print.
        importer: Does the imports.
        recorder: Notes the effects.
    """

    def __init__(
        self, plan: dict[str, Any], folder: str, importer: Importer, recorder: Recorder
    ) -> None:
        self.waiting: list[str] = list(plan["chain"])
        self.needs = {name: frozenset(needs) for name, needs in plan["chain"].items()}
        self.lines: int = plan["lines"]
        self.foreign: dict[str, list[str]] = plan["foreign"]
        self.files: set[str] = set()  # of the modules that have been done
        self.seconds: float = plan["seconds"]
        self.exports: bool = plan["exports"]
        self.stubbed = frozenset(plan["stubbed"])
        self.folder = folder
        self.importer = importer
        self.recorder = recorder
        self.loading = importer.loading
        self.hidden = Hidden(importer.loading)
        self.watched = Watched(subclasses=plan["subclasses"])
        self.size = 1
        self.depth = 0  # processes that wait
        # Seconds of a processor: of steps that were done, and of those to be done again.
        self.gained = self.lost = 0.0
        self.rest: list[str] = []  # what is to be imported in a child of its own
        self.hot: list[int] = []  # objects that have changed once: looked at after each module

    def grow(self) -> None:
        """Import all that can be imported so; write down what was seen, and of which modules."""
        self.hidden.begin()
        self.recorder.builtins["__import__"] = builtins.__import__
        for module in self.hidden.bare.values():
            self.watched.add_foreign(module)
        self._take_up(0)
        self.state = state()
        if self._preload():
            self._go_on()

    def _preload(self) -> bool:
        """Load what several modules need of other distributions; return whether that is sound.

        It would be loaded by the first of them. But a step that is done again loads it again. A
        plugin of the project brings the project along, which ends the chain: what is called alike
        comes first, for the earlier that is seen the better.
        """
        setitimer(ITIMER_REAL, self.seconds)
        self.loading.on_own = lambda: leave(FAILED)
        own = tuple({name.partition(".")[0] for name in self.needs})
        names, known = wanted_by_several(self.foreign), set(sys.modules)
        for name in sorted(names, key=lambda name: not name.startswith(own)):
            try:
                __import__(name)
            except BaseException:  # noqa: BLE001, S110 (who needs it fails too, and says where)
                pass
            forget_parts_of_what_failed(known)
            if not self._is_as_before():
                return False
        self.loading.on_own = lambda: None
        setitimer(ITIMER_REAL, 0)
        new = self.hidden.hide()
        for name in new:
            self.watched.add_foreign(self.hidden.closures[name][name])
        if not self.hidden.is_explained(new):
            return False
        gc.freeze()  # a child that collects garbage shall not copy all that its parent holds
        return True

    def _is_as_before(self) -> bool:
        """Return whether the process is what it was, but for the modules that have come in."""
        hidden = self.hidden
        unchanged = state() == self.state and hidden.is_as_before() and hidden.is_bare_intact()
        return unchanged and not has_threads()

    def _take_up(self, number: int) -> None:
        """Take up outputs of its own, so that it can tell what its modules have written."""
        outputs = [f"{self.folder}/stdout-{number}", f"{self.folder}/stderr-{number}"]
        for descriptor, output in enumerate(outputs, start=1):
            file = open_descriptor(output, O_WRONLY | O_APPEND | O_CREAT, 0o600)
            dup2(file, descriptor)
            close(file)
        self.outcomes = Outcomes(f"{self.folder}/outcomes/{number}")
        self.recorder.move(outputs)

    def _go_on(self) -> None:
        """Do the steps that are left, each in a child of the process before it."""
        while self.waiting and self.depth < DEEPEST and self.lost <= LOST + self.gained / 4:
            reports, self.report = pipe()
            set_blocking(reports, False)
            before = _of_children()
            child = fork_group()
            if not child:
                try:
                    self._step()
                    self._go_on()
                    leave(0)
                finally:
                    leave(FAILED)
            close(self.report)
            status = end_group(child)
            told = _told(reports)
            if told == DONE or not self._learn(told, status):
                return
            self.lost += _of_children() - before
        self._import_rest()

    def _learn(self, told: str, status: int) -> bool:
        """Prepare to do a step again; return whether it is known what has made it fail."""
        if told.startswith(CHANGED):
            found = [int(number) for number in told[1:].split(",")]
            self.hot = [*dict.fromkeys([*found, *self.hot])][:MOST_HOT]
            return True
        if told not in self.needs:
            return False
        if status == SIGALRM:  # the tree would wait as long: a fresh interpreter will
            self._note_done([told])
        else:
            self.rest.append(told)
        left = {told}
        for name in self.waiting:  # in order of dependence
            if not left.isdisjoint(self.needs[name]):
                left.add(name)
        self.waiting = [name for name in self.waiting if name not in left]
        self.size = max(1, self.size // 2)
        return True

    def _step(self) -> None:
        """Import some modules; end the process unless they have changed nothing but themselves."""
        process = getpid()
        seen: list[tuple[str, str, dict[str, Any]]] = []  # kind, module, what
        names = self.waiting[: self.size]
        self.recorder.look_anew()
        began = process_time()
        for number, name in enumerate(names, start=1):
            self._tell(name)
            if name not in self.hidden.closures:  # which its package has not brought
                setitimer(ITIMER_REAL, self.seconds)
                outcome = self._import(name)
                setitimer(ITIMER_REAL, 0)
                if outcome is None or getpid() != process or self.watched.has_changed(self.hot):
                    leave(FAILED)
                seen.append(("import", name, outcome))
            if process_time() - began > max(LONGEST, self.gained / PART):
                names = names[:number]
                break
        if changed := self.watched.changed():
            if len(names) > 1:
                self._tell(CHANGED + ",".join(map(str, changed)))
            leave(FAILED)
        self._tell(DONE)
        for kind, name, outcome in seen:
            self.outcomes.note(kind, name, outcome)
        for name in names:
            self._note_exports(name)
        self._note_done(names)
        self.waiting = self.waiting[len(names) :]
        self.depth += 1
        self.gained += process_time() - began
        self.size = min(2 * self.size, LONGEST_STEP)
        gc.freeze()  # a child that collects garbage shall not copy all that its parent holds

    def _import(self, name: str) -> dict[str, Any] | None:
        """Import a module and hide it; return what was seen, None when it is not for the chain."""
        loading, hidden = self.loading, self.hidden
        loading.own_names.clear()
        hidden.handed.clear()
        outcome = self.importer.import_module(name)
        if "error" in outcome or outcome["aliases"]:
            return None
        if any(own for *_, own, _ in outcome["effects"]):  # not those of other distributions
            return None
        own = set(outcome["brought"])
        if name not in own or not all(f"{each}.".startswith(f"{name}.") for each in own):
            return None  # another module's import comes first, or there is a cycle
        if not self._is_as_before():
            return None
        modules = {each: sys.modules.get(each) for each in own}
        if any(not _is_module(module) for module in modules.values()):
            return None
        outcome["handed"] = hidden.handed.copy()
        hidden.own |= own
        self.files |= loading.own_names.keys()
        shows_finders = hidden.shows_finders()
        new = hidden.hide()
        if shows_finders:
            self.recorder.look_anew()
        if not hidden.is_explained(new):
            return None
        try:
            for each in new:
                if each not in own:
                    self.watched.add_foreign(hidden.closures[each][each])
            self.watched.add_own(modules)
        except TooMuch:
            return None
        return outcome

    def _note_exports(self, name: str) -> None:
        """Resolve the exports of a module; where that runs code, in a child."""
        module = self.hidden.closures[name][name]
        if is_plain(module) and name not in self.stubbed:
            if self.exports and has_exports(module):
                self.outcomes.note("exports", name, [])
            return
        child = fork_group()
        if not child:
            self.hidden.hand_back(name)
            self._resolve(name)
            leave(0)
        end_group(child)

    def _resolve(self, name: str) -> None:
        if name in self.stubbed:
            self.outcomes.note("attributes", name, attributes(name))
        setitimer(ITIMER_REAL, self.seconds)
        if self.exports:
            note_exports(name, self.outcomes)
        setitimer(ITIMER_REAL, 0)

    def _import_rest(self) -> None:
        """Import what is not for the chain in children that are handed back what is."""
        children, names = [], [name for name in self.rest if self._is_ready(name)]
        for number in range(self.lines if names else 0):
            child = fork_group()
            if not child:
                self._take_up(number)
                for name in names[number :: self.lines]:
                    self._import_alone(name)
                leave(0)
            children.append(child)
        for child in children:
            end_group(child)

    def _is_ready(self, name: str) -> bool:
        """Return whether what a module needs of other distributions has been loaded.

        The tree loads it once for all that need it.
        """
        known = self.hidden.closures.keys() | self.hidden.bare.keys()
        return all(
            each in known or each.rpartition(".")[0] in known for each in self.foreign.get(name, ())
        )

    def _import_alone(self, name: str) -> None:
        child = fork_group()
        if not child:
            self.loading.own_names.clear()
            self.hidden.handed.clear()
            setitimer(ITIMER_REAL, self.seconds)
            outcome = self.importer.import_module(name)
            setitimer(ITIMER_REAL, 0)
            if not self.files.isdisjoint(self.loading.own_names):
                leave(FAILED)  # a file under a second name: it takes a fresh interpreter to see it
            outcome["handed"] = self.hidden.handed.copy()
            self.outcomes.note("import", name, outcome)
            if "error" not in outcome:
                self._resolve(name)
            leave(0)
        end_group(child)
        self._note_done([name])

    def _note_done(self, names: list[str]) -> None:
        file = open_descriptor(f"{self.folder}/chain", O_WRONLY | O_APPEND | O_CREAT, 0o600)
        write(file, "".join(f"{name}\n" for name in names).encode())
        close(file)

    def _tell(self, word: str) -> None:
        """Tell the process before this one how far the step has come."""
        write(self.report, f"\n{word}".encode())


def _is_module(value: Any) -> bool:
    """Return whether this is what a namespace can be taken from and put back into."""
    return issubclass(type(value), type(sys)) and type(getattr(value, "__dict__", None)) is dict


def wanted_by_several(foreign: dict[str, list[str]]) -> list[str]:
    """Return the modules of other distributions that more than one module asks for."""
    times: dict[str, int] = {}
    for names in foreign.values():
        for name in names:
            times[name] = times.get(name, 0) + 1
    return sorted(name for name in times if times[name] > 1)


def _of_children() -> float:
    """Return the seconds of a processor that the children that have ended have taken."""
    spent = times()
    return spent.children_user + spent.children_system


def _told(reports: int) -> str:
    """Return the last word of a step."""
    try:
        return read(reports, AT_ONCE).decode().rpartition("\n")[2]
    except (OSError, ValueError):
        return ""
    finally:
        close(reports)


def without_done(plan: dict[str, Any], folder: str) -> list[tuple[str, list[str], list[str]]]:
    """Return the units of a plan without the modules that the chain has seen.

    Args:
        plan: See `start`.
        folder: Where the chain has noted them.
    """
    try:
        with open(f"{folder}/chain", encoding="utf-8", errors="replace") as file:
            done = set(file.read().split("\n"))
    except OSError:
        done = set()
    units = [
        (
            package,
            [name for name in exports if name not in done],
            [name for name in names if name not in done],
        )
        for package, exports, names in plan["units"]
    ]
    return [unit for unit in units if unit[1] or unit[2]]
