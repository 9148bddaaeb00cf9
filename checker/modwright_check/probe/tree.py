"""The fork tree: each module is imported in a child of a process that has imported its parents.

`import a.b.c` always runs `a` and `a.b` first. A process that has imported exactly these, and is
then forked, is what a fresh interpreter would be at that moment. A module that its parents have
already imported needs no process at all. Nor does the tree end at the packages: modules that begin
with the same import of the project are children of a process that has done it.

Where the tree branches it is walked by several lines side by side. Each takes the next unit of work
from a queue, imports the packages on the way there in processes of its own, and forks a child for
each module. Units come in the order of the tree, so a line hardly ever comes back to a package.
"""

from __future__ import annotations

import gc
import sys
from _signal import ITIMER_REAL, SIG_DFL, SIGALRM, setitimer, signal
from os import (
    O_APPEND,
    O_CREAT,
    O_RDONLY,
    O_WRONLY,
    close,
    dup2,
    pipe,
    read,
    set_blocking,
    waitpid,
    write,
)
from os import _exit as leave
from os import open as open_descriptor

from .exports import attributes, has_exports, note_exports
from .forking import end_group, fork_group, has_threads, is_lost, leave_threads_behind
from .module_names import is_below, is_in, next_on_the_way, trunk, with_parents
from .precompile import Ready
from .preload import Store
from .result_writer import Outcomes

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

    from .importer import Importer

    # A package, what it may have brought that is to be resolved, and the modules in it.
    Unit = tuple[str, list[str], list[str]]

NUMBER = 4  # bytes of a unit's number in a pipe
WORTHWHILE = 3  # modules that ask for another distribution's: from so many on it is loaded once
UNSOUND = 75  # EX_TEMPFAIL: what was loaded for the children has changed more than itself


class Lost(Exception):
    """A child of a process that has left threads behind is gone: others may wait for these too."""


class Line:
    """One walk through the tree; it begins alone, and divides where the tree branches.

    Args:
        plan: See `start`.
        folder: Where the outcomes go, and what the modules print.
        importer: Does the imports.
    """

    def __init__(self, plan: dict[str, Any], folder: str, importer: Importer) -> None:
        self.units: list[Unit] = plan["units"]
        self.queue = _queue(f"{folder}/queue", len(self.units))
        self.folder = folder
        self.lines: int = plan["lines"]
        self.trunk = trunk(package for package, _, _ in self.units)
        self.seconds: float = plan["seconds"]
        self.foreign: dict[str, list[str]] = plan["foreign"]
        self.leading: dict[str, list[tuple[str, list[str]]]] = plan["leading"]
        self.exports: bool = plan["exports"]
        self.stubbed = frozenset(plan["stubbed"])
        self.importer = importer
        self.store = Store(importer.loading)
        self.ready = Ready()
        self.preloads = True
        self.without_threads = False  # whether this process, or one before, has left any behind
        self.unit: Unit | None = None
        self.number = -1

    def walk(self) -> None:
        """Do units until there are no more, in a process that can be done without."""
        self.store.begin()
        self.ready.begin()
        self._begin(0)
        child = fork_group()
        if not child:
            if not self._preload(""):
                leave(UNSOUND)
            self._stay("")
            leave(0)
        if end_group(child) >> 8 != UNSOUND:
            self.lines = 1  # the others, if there are any, go on
            self._take()
        self._stay("")

    def _begin(self, number: int) -> None:
        """Take up outputs of its own, so that it can tell what its modules have written."""
        outputs = [f"{self.folder}/stdout-{number}", f"{self.folder}/stderr-{number}"]
        for descriptor, output in enumerate(outputs, start=1):
            file = open_descriptor(output, O_WRONLY | O_APPEND | O_CREAT, 0o600)
            dup2(file, descriptor)
            close(file)
        # A package's process tells its parent here which unit it has taken and not done.
        self.left_over, self.leave_over = pipe()
        set_blocking(self.left_over, False)
        self.outcomes = Outcomes(f"{self.folder}/outcomes/{number}")
        if self.importer.recorder:
            self.importer.recorder.move(outputs)
        self._take()

    def _preload(self, package: str) -> bool:
        """Load what several modules below a package will ask for; return whether that is sound."""
        gc.freeze()  # a child that collects garbage shall not copy all that its parent holds
        if not self.preloads:
            return True
        wanted: dict[str, int] = {}
        for name, foreign in self.foreign.items():
            if name not in sys.modules and is_below(name, package):
                for module in foreign:
                    wanted[module] = wanted.get(module, 0) + 1
        names = [
            name
            for name, times in wanted.items()
            if times >= WORTHWHILE and name not in sys.modules and name not in self.store.kept
        ]
        if not names:
            return True
        signal(SIGALRM, lambda _signal, _frame: leave(UNSOUND))
        setitimer(ITIMER_REAL, self.seconds)
        sound = not self.store.fill(sorted(names)) and not has_threads()
        setitimer(ITIMER_REAL, 0)
        signal(SIGALRM, SIG_DFL)
        if self.importer.recorder:
            self.importer.recorder.look_anew()
        return sound

    def _stay(self, package: str) -> None:
        """Do all units of a package that this process has imported, and of those below it."""
        others = self._divide(package) if package == self.trunk else []
        try:
            self._do_all(package)
        finally:
            for other in others:
                waitpid(other, 0)

    def _do_all(self, package: str) -> None:
        lost: set[str] = set()  # packages below whose processes have come to an untimely end
        while self.unit is not None and is_in(self.unit[0], package):
            place, exports, names = self.unit
            if place == package:
                self._do(place, exports, names)
                self._take()
                continue
            below = next_on_the_way(package, place)
            if below in lost:
                self._take()
            elif below in sys.modules:
                self._stay(below)
            elif not self._go(below):
                lost.add(below)

    def _divide(self, package: str) -> list[int]:
        """Fork the other lines; return their processes."""
        others, lines, self.lines = [], self.lines, 1
        for number in range(1, lines):
            child = fork_group()
            if not child:
                self._begin(number)
                try:
                    self._stay(package)
                except Lost:
                    pass
                leave(0)
            others.append(child)
        return others

    def _take(self) -> None:
        number = read(self.queue, NUMBER)
        self._set(int.from_bytes(number, "little") if number else len(self.units))

    def _set(self, number: int) -> None:
        self.number = number
        self.unit = self.units[number] if number < len(self.units) else None

    def _go(self, package: str) -> bool:
        """Import a package in a process of its own that does its units; return whether it could."""
        child = fork_group()
        if not child:
            imported = self._import(package)
            if imported:
                self._leave_threads_behind()
            if imported and not self._preload(package):
                leave(UNSOUND)
            if imported:
                try:
                    self._stay(package)
                except Lost:
                    imported = False
            write(self.leave_over, self.number.to_bytes(NUMBER, "little"))
            leave(0 if imported else 1)
        status = end_group(child)
        if self.preloads and status >> 8 == UNSOUND:
            self.preloads = False
            could = self._go(package)
            self.preloads = True
            return could
        if self.without_threads and is_lost(status):
            raise Lost
        try:
            self._set(int.from_bytes(read(self.left_over, NUMBER), "little"))
        except BlockingIOError:  # a module has ended the process, and may call that a success
            return False
        return status == 0

    def _do(self, package: str, exports: list[str], names: list[str]) -> None:
        if brought := [name for name in exports if name in sys.modules and self._has_more(name)]:
            self._resolve(brought)
        _warm_up(package)
        self._import_each(names)

    def _import_each(self, names: list[str]) -> None:
        """Import modules, those that begin alike in children of one process."""
        alike: dict[str, list[str]] = {}
        for name in names:
            if name not in sys.modules:
                alike.setdefault(self._first(name) or name, []).append(name)
        for first, group in alike.items():
            if len(group) == 1 or not self._import_after(first, group):
                for name in group:
                    self._import_alone(name)

    def _first(self, name: str) -> str | None:
        """Return the module of the project that a module imports before it does anything else.

        Imports of other projects' modules may come before it. That is not a reason to hold it back:
        if it needs them, it fails now, and nothing is shared.
        """
        for module, entries in self.leading.get(name, ()):
            if module not in sys.modules:
                return next(name for name in with_parents(module) if name not in sys.modules)
            namespace = getattr(sys.modules[module], "__dict__", {})
            for entry in entries:
                if "__getattr__" in namespace:  # which may import whatever it likes
                    return None
                if entry not in namespace:
                    return f"{module}.{entry}"
        return None

    def _import_after(self, first: str, names: list[str]) -> bool:
        """Import modules after the one that they all import first; return whether that is sound."""
        child = fork_group()
        if not child:
            setitimer(ITIMER_REAL, self.seconds)
            imported = self.importer.import_ahead(first)
            setitimer(ITIMER_REAL, 0)
            if not imported or any(name in sys.modules for name in names):
                leave(UNSOUND)
            self._leave_threads_behind()
            gc.freeze()
            try:
                self._import_each(names)
            except Lost:
                leave(UNSOUND)
            leave(0)
        return end_group(child) >> 8 != UNSOUND

    def _import_alone(self, name: str) -> None:
        self.ready.prepare(name)
        child = fork_group()
        if not child:
            if self._import(name) and self._has_more(name):
                self._note_exports(name)
            leave(0)
        if is_lost(end_group(child)) and self.without_threads:
            raise Lost

    def _leave_threads_behind(self) -> None:
        if has_threads():
            leave_threads_behind()
            self.without_threads = True

    def _resolve(self, names: list[str]) -> None:
        """Resolve exports in a child, for that loads what this process must not have loaded."""
        child = fork_group()
        if not child:
            for name in names:
                self._note_exports(name)
            leave(0)
        if end_group(child) and len(names) > 1:  # one of them has ended it
            for name in names:
                self._resolve([name])

    def _import(self, name: str) -> bool:
        setitimer(ITIMER_REAL, self.seconds)
        outcome = self.importer.import_module(name)
        setitimer(ITIMER_REAL, 0)
        self.outcomes.note("import", name, outcome)
        return "error" not in outcome

    def _has_more(self, name: str) -> bool:
        return self.exports and (name in self.stubbed or has_exports(sys.modules.get(name)))

    def _note_exports(self, name: str) -> None:
        if name in self.stubbed:
            self.outcomes.note("attributes", name, attributes(name))
        setitimer(ITIMER_REAL, self.seconds)
        note_exports(name, self.outcomes)
        setitimer(ITIMER_REAL, 0)


def _queue(file: str, length: int) -> int:
    """Return a descriptor from which each number is read once: all forks share its position."""
    with open(file, "wb") as queue:
        queue.write(b"".join(number.to_bytes(NUMBER, "little") for number in range(length)))
    return open_descriptor(file, O_RDONLY)


def _warm_up(package: str) -> None:
    """Let the finders read their folders now, once, and not in each child."""
    path = getattr(sys.modules.get(package), "__path__", None) if package else sys.path
    for entry in path or ():
        finder = sys.path_importer_cache.get(entry)
        if type(finder).__name__ == "FileFinder":
            finder.find_spec("no module has this name")  # type: ignore[union-attr]
