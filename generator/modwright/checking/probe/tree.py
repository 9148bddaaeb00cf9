"""The fork tree: each module is imported in a child of a process that has imported its parents.

`import a.b.c` always runs `a` and `a.b` first. A process that has imported exactly these, and is
then forked, is what a fresh interpreter would be at that moment. A module that its parents have
already imported needs no process at all.

Several lines walk through the tree side by side. Each takes the next unit of work from a queue,
imports the packages on the way there in processes of its own, and forks a child for each module.
Units come in the order of the tree, so a line hardly ever comes back to a package.
"""

from __future__ import annotations

import gc
import sys
from _signal import ITIMER_REAL, SIG_DFL, SIGALRM, SIGKILL, setitimer, signal
from os import _exit as leave
from os import fork, ftruncate, killpg, pipe, read, set_blocking, setpgid, stat, waitpid, write

from .exports import attributes, has_exports, unresolved
from .handing_back import Store

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from .importing import Importer
    from .outcomes import Outcomes

    # A package and the modules in it; `exports` instead of `imports` when it is not the modules
    # that are to be imported, but what the package has brought that is to be resolved.
    Unit = tuple[str, str, list[str]]

NUMBER = 4  # bytes of a unit's number in a pipe
WORTHWHILE = 3  # modules that ask for another distribution's: from so many on it is loaded once
UNSOUND = 75  # EX_TEMPFAIL: what was loaded for the children has changed more than itself
THREADS = "/proc/self/task"


class Line:
    """One walk through the tree.

    Args:
        units: All units of work, in the order of the tree.
        queue: Where the numbers of units that nobody has taken yet are read from.
        importer: Does the imports.
        outcomes: Takes the outcomes.
        seconds: That each import may take.
        foreign: What each module imports of other distributions.
        stubbed: The modules whose attributes shall be noted.
    """

    def __init__(
        self,
        units: list[Unit],
        queue: int,
        importer: Importer,
        outcomes: Outcomes,
        seconds: float,
        foreign: dict[str, list[str]],
        stubbed: frozenset[str],
    ) -> None:
        self.units = units
        self.queue = queue
        self.foreign = foreign
        self.stubbed = stubbed
        self.store = Store(importer.loading)
        self.store.begin()
        self.preloads = True
        self.importer = importer
        self.outcomes = outcomes
        self.seconds = seconds
        self.unit: Unit | None = None
        self.number = -1
        # A package's process tells its parent here which unit it has taken and not done.
        self.left_over, self.leave_over = pipe()
        set_blocking(self.left_over, False)

    def walk(self) -> None:
        """Do units until there are no more, in a process that can be done without."""
        self._take()
        child = _fork()
        if not child:
            if not self._preload(""):
                leave(UNSOUND)
            self._stay("")
            leave(0)
        if self._end(child) >> 8 != UNSOUND:
            self._take()
        self._stay("")

    def _preload(self, package: str) -> bool:
        """Load what several modules below a package will ask for; return whether that is sound."""
        gc.freeze()  # a child that collects garbage shall not copy all that its parent holds
        if not self.preloads:
            return True
        wanted: dict[str, int] = {}
        for name, foreign in self.foreign.items():
            if name not in sys.modules and _is_below(name, package):
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
        sound = not self.store.fill(sorted(names))
        setitimer(ITIMER_REAL, 0)
        signal(SIGALRM, SIG_DFL)
        return sound

    def _stay(self, package: str) -> None:
        """Do all units of a package that this process has imported, and of those below it."""
        lost: set[str] = set()  # packages below whose processes have come to an untimely end
        while self.unit is not None:
            place, task, names = self.unit
            if place == package:
                self._do(place, task, names)
                self._take()
            elif not place.startswith(f"{package}." if package else ""):
                return
            else:
                below = (
                    place[: place.find(".", len(package) + 1)] if package else place.split(".")[0]
                )
                if package and "." not in place[len(package) + 1 :]:
                    below = place
                if below in lost:
                    self._take()
                elif below in sys.modules:
                    self._stay(below)
                elif not self._go(below):
                    lost.add(below)

    def _take(self) -> None:
        number = read(self.queue, NUMBER)
        self._set(int.from_bytes(number, "little") if number else len(self.units))

    def _set(self, number: int) -> None:
        self.number = number
        self.unit = self.units[number] if number < len(self.units) else None

    def _go(self, package: str) -> bool:
        """Import a package in a process of its own that does its units; return whether it could."""
        child = _fork()
        if not child:
            imported = self._import(package)
            if imported and not self._preload(package):
                leave(UNSOUND)
            if imported and _has_threads():
                imported = False  # to fork now is not safe: others will import what is below
                self._note_exports(package)
            if imported:
                self._stay(package)
            write(self.leave_over, self.number.to_bytes(NUMBER, "little"))
            leave(0 if imported else 1)
        status = self._end(child)
        if self.preloads and status >> 8 == UNSOUND:
            self.preloads = False
            could = self._go(package)
            self.preloads = True
            return could
        try:
            self._set(int.from_bytes(read(self.left_over, NUMBER), "little"))
        except BlockingIOError:  # a module has ended the process, and may call that a success
            return False
        return status == 0

    def _do(self, place: str, task: str, names: list[str]) -> None:
        if task == "exports":
            if brought := [name for name in names if name in sys.modules and self._has_more(name)]:
                self._resolve(brought)
            return
        _warm_up(place)
        for name in names:
            if name not in sys.modules:
                child = _fork()
                if not child:
                    if self._import(name) and self._has_more(name):
                        self._note_exports(name)
                    leave(0)
                self._end(child)

    def _resolve(self, names: list[str]) -> None:
        """Resolve exports in a child, for that loads what this process must not have loaded."""
        child = _fork()
        if not child:
            setitimer(ITIMER_REAL, self.seconds)
            for name in names:
                self._note_exports(name)
            leave(0)
        self._end(child)

    def _import(self, name: str) -> bool:
        setitimer(ITIMER_REAL, self.seconds)
        outcome = self.importer.import_module(name)
        setitimer(ITIMER_REAL, 0)
        self.outcomes.note("import", name, outcome)
        return "error" not in outcome

    def _has_more(self, name: str) -> bool:
        return name in self.stubbed or has_exports(name)

    def _note_exports(self, name: str) -> None:
        if name in self.stubbed:
            self.outcomes.note("attributes", name, attributes(name))
        if failures := unresolved(name):
            self.outcomes.note("exports", name, failures)

    def _end(self, child: int) -> int:
        """Wait for a child; end what it has started and make room in the line's output."""
        _, status = waitpid(child, 0)
        try:
            killpg(child, SIGKILL)
        except OSError:
            pass
        for output in (1, 2):
            try:
                ftruncate(output, 0)
            except OSError:
                pass
        return status


def _is_below(name: str, package: str) -> bool:
    return name.startswith(f"{package}.") if package else "." not in name


def _fork() -> int:
    child = fork()
    if not child:
        setpgid(0, 0)
        signal(SIGALRM, SIG_DFL)
    return child


def _warm_up(package: str) -> None:
    """Let the finders read their folders now, once, and not in each child."""
    path = getattr(sys.modules.get(package), "__path__", None) if package else sys.path
    for entry in path or ():
        finder = sys.path_importer_cache.get(entry)
        if type(finder).__name__ == "FileFinder":
            finder.find_spec("no module has this name")  # type: ignore[union-attr]


def _has_threads() -> bool:
    """Return whether there are threads, which a fork would not take along."""
    try:
        return stat(THREADS).st_nlink > 3  # noqa: PLR2004 (two links of any folder, one thread)
    except OSError:
        return bool(sys.modules["_thread"]._count())
