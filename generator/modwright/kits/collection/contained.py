"""Programs of others, run here: with limits of all kinds, and shut off as far as the system can."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Event, Thread

from modwright_check.run.sandbox import CompletedRun, ProcessGroup, contain, read_output
from modwright_check.system.living_in import living_in

GRACE = 15.0  # seconds for what is around a program
LARGEST = 200 << 20  # bytes that a program may lay into its folder
PROCESSES = 200  # that a program may have at once
LOOK = 0.2  # seconds between two looks at that

_JAIL = Path(__file__).with_name("jail.py")
_UNSHARE = (
    *("--user", "--map-root-user", "--net", "--pid", "--mount"),
    *("--mount-proc", "--fork", "--kill-child", "--"),
)


class Jail:
    """Where programs of others run.

    Args:
        python: The interpreter that they run in.
        folder: Where they work, and where all that they leave lies.
    """

    def __init__(self, python: Path, folder: Path) -> None:
        self.folder = folder
        self._python = python
        self._under_way: set[ProcessGroup] = set()
        self.is_over = False  # and whatever is still to begin, ends at once
        self._before: list[str] = []
        if sys.platform == "linux" and (unshare := which("unshare")):
            self._before = [unshare, *_UNSHARE, sys.executable, "-I", str(_JAIL)]
            if not self._works():
                self._before = []

    @property
    def is_closed(self) -> bool:
        """Whether they see no network, and may write nowhere but in their own folder."""
        return bool(self._before)

    def run(
        self, program: str, arguments: Sequence[str], work: Path, seconds: float
    ) -> CompletedRun:
        """Run a program in Python.

        Args:
            program: Its text.
            arguments: What it is given.
            work: The folder that it works in, and may write to.
            seconds: That it may take, besides some grace.
        """
        under_way = ProcessGroup(self.folder)
        self._under_way.add(under_way)
        if self.is_over:
            under_way.end_all()
        try:
            with under_way.place() as place:
                command = [str(self._python), "-I", "-B", "-X", "utf8", "-c", program, *arguments]
                if self._before:
                    (place / "home").mkdir()
                    command = [*self._before, str(work), str(place / "home"), "--", *command]
                with _watched((work, place), place / "home", under_way):
                    code = contain(command, place, seconds + GRACE, under_way, cwd=work)
                return CompletedRun(
                    code, read_output(place / "stdout"), read_output(place / "stderr")
                )
        finally:
            self._under_way.discard(under_way)

    def end_all(self) -> None:
        """End all programs, and those that are still to begin."""
        self.is_over = True
        for under_way in tuple(self._under_way):
            under_way.end_all()

    def _works(self) -> bool:
        """Return whether it can be shut here, and a program in it can start another one."""
        program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1)'])"
        with TemporaryDirectory(dir=self.folder) as folder:
            ran = self.run(program, (), Path(folder).resolve(), 0)
        return (ran.exit_code, ran.stdout) == (0, "1\n")


@contextmanager
def _watched(folders: Sequence[Path], home: Path, under_way: ProcessGroup) -> Iterator[None]:
    """End a program that fills its folders, or forks without end."""
    over = Event()
    usual = _processes()

    def watch() -> None:
        while not over.wait(LOOK):
            grown = _processes() > usual + PROCESSES
            if sum(map(_size, folders)) > LARGEST or (grown and len(living_in(home)) > PROCESSES):
                under_way.end_all()

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _processes() -> int:
    """Return how many processes there are, of whomever; 0 where nobody knows."""
    try:
        return sum(entry.name.isdigit() for entry in os.scandir("/proc"))
    except OSError:
        return 0


def _size(folder: Path) -> int:
    """Return how much a folder holds, as far as it has not been deleted in the meantime."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(where, name)).st_size  # noqa: PTH118 (fast)
            except OSError:
                continue
    return total
