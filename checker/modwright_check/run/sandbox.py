"""Runs Python of the project's environment, contained: nothing gets in, nothing stays."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from modwright_check.model.environment import Environment
from modwright_check.system.cgroup import Cgroup, cgroup
from modwright_check.system.regular_files import read_regular
from modwright_check.system.side_by_side import cores
from modwright_check.system.usage import disk_usage, memory_shared_out, usage

if sys.platform == "linux":
    import resource

GRACE = 2.0  # seconds that a process has to say where it hangs before it is killed
LARGEST_FILE = 64 << 20  # bytes; a module that writes more at import has lost its way
WORKS_FOR = "MODWRIGHT_WORKS_FOR"  # tells uv, and all that it starts, which file they are to make
ROUNDS = 100  # in which processes are ended that fork faster than they are found
LARGEST_READ = 1 << 16  # bytes at once; the kernel gives less
OUTPUT_KEPT = 1 << 20  # bytes of each output that are read
LARGEST_HOME = 1 << 30  # bytes of all that a program may write
MOST_PROCESSES = 1000 + 20 * cores()  # of one program; the fork tree has some for each core
MOST_TASKS = 2 * MOST_PROCESSES  # processes and threads of one program, where the kernel counts
LOOK_EVERY = 0.5  # seconds
EXCESS = "excess"  # the file that says of what a program has taken too much

# What a program needs to run at all. The rest (tokens, paths, settings) is not the project's.
INHERITED = {
    "PATH",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "SYSTEMROOT",
    "COMSPEC",
    "PATHEXT",
}
HOMES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
# Imports run side by side; a pool of threads in each would only get into the others' way, and
# what has threads cannot be forked.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

_LIMITING = Lock()


class ProcessGroup:
    """The programs of one check that are under way, so that they can be ended together.

    Args:
        folder: Where their homes are made; that of the system by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._processes: dict[subprocess.Popen[bytes], Path] = {}
        self._ended = False

    @contextmanager
    def place(self) -> Iterator[Path]:
        """Make a folder for one program, and remove it at the end with all that it holds."""
        with TemporaryDirectory(
            prefix="modwright-", dir=self._folder, ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder).resolve()

    def begin(self, process: subprocess.Popen[bytes], home: Path) -> None:
        """Take note of a process and its home; end it at once if it comes too late."""
        self._processes[process] = home
        if self._ended:
            _kill(process, home)

    def finish(self, process: subprocess.Popen[bytes]) -> None:
        """End a process with all that it has started, and forget it."""
        _kill(process, self._processes.pop(process))
        process.wait()

    def end_all(self) -> None:
        """End every process, and those that are still to begin."""
        self._ended = True
        for process, home in tuple(self._processes.items()):
            _kill(process, home)


@dataclass(frozen=True)
class CompletedRun:
    """What a contained program has left.

    Args:
        exit_code: Negative for the number of a signal; None when its time was over.
        stdout: What it has written, as far as it is kept.
        stderr: As stdout.
    """

    exit_code: int | None
    stdout: str
    stderr: str


def run_alone(
    environment: Environment,
    arguments: Sequence[str],
    time_limit: float,
    under_way: ProcessGroup,
    folder: Path | None = None,
) -> CompletedRun:
    """Run `python *arguments` of an environment.

    Args:
        environment: Whose Python it is.
        arguments: What it is given.
        time_limit: In seconds. All that it has started ends with it.
        under_way: By which another thread can end it.
        folder: Where it runs; an empty one by default.
    """
    with under_way.place() as place:
        exit_code = contain(
            [str(environment.python), *arguments], place, time_limit, under_way, cwd=folder
        )
        return CompletedRun(exit_code, read_output(place / "stdout"), read_output(place / "stderr"))


def contain(
    command: Sequence[str],
    folder: Path,
    time_limit: float,
    under_way: ProcessGroup,
    *,
    cwd: Path | None = None,
    variables: dict[str, str] | None = None,
    is_alive: "Alive | None" = None,
) -> int | None:
    """Run a command with a temporary home, no stdin, limited files and memory.

    Args:
        command: Program and arguments.
        folder: Receives its home, `stdout` and `stderr`.
        time_limit: In seconds.
        under_way: By which another thread can end it.
        cwd: Where it runs; an empty folder by default.
        variables: More environment variables.
        is_alive: Asked when the time is over: whether the command has got on in the meantime, and
            shall have as much again.

    Returns:
        The exit code, negative for the number of a signal; None when the time was over, or when it
        took too much: then `EXCESS` says of what.
    """
    home, empty = folder / "home", folder / "empty"
    home.mkdir(exist_ok=True)
    empty.mkdir(exist_ok=True)
    with (
        cgroup(MOST_TASKS) as group,
        (folder / "stdout").open("ab") as stdout,
        (folder / "stderr").open("ab") as stderr,
    ):
        with _limited():
            process = subprocess.Popen(  # noqa: S603
                command,
                cwd=cwd or empty,
                env=_environment_variables(home) | (variables or {}),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        if group:
            group.add(process.pid)
        under_way.begin(process, home)
        _limit(process)
        too_much = ""
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return _wait_watching(process, time_limit, folder, group)
                if is_alive is None or not is_alive():
                    return None
        except _TooMuch as error:
            too_much = str(error)
            return None
        finally:
            under_way.finish(process)
            if too_much:  # nobody is left now who could take it away again
                with suppress(OSError), (folder / EXCESS).open("x", encoding="utf-8") as file:
                    file.write(too_much)


class Alive:
    """Whether the files of a folder have grown since it was last asked.

    Args:
        folder: To look at.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = 0

    def __call__(self) -> bool:
        """Return whether there is more than the last time."""
        seen = self._seen
        with suppress(OSError):  # a module does away with it
            self._seen = sum(entry.lstat().st_size for entry in self._folder.iterdir())
        return self._seen > seen


def read_output(file: Path) -> str:
    """Return what a file holds, or the end of it; nothing when it cannot be read."""
    try:
        return read_regular(file, OUTPUT_KEPT).decode("utf-8", "replace")
    except OSError:
        return ""


class _TooMuch(Exception):
    """A program and all that it has started take too much together; the message says of what."""


def _wait_watching(
    process: subprocess.Popen[bytes], seconds: float, folder: Path, group: Cgroup | None
) -> int:
    """Return the exit code, and look meanwhile at what a program takes with all its processes.

    The limits of the system count each process by itself, and no shared memory.

    Raises:
        TimeoutExpired: The time is over.
        _TooMuch: It takes too much.
    """
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > LOOK_EVERY and sys.platform == "linux":
        with suppress(subprocess.TimeoutExpired):
            code = _wait(process, LOOK_EVERY)
            _demand_room(group)
            return code
        _demand_room(group)
        _demand_little(process.pid, folder)
    return _wait(process, max(0.0, left))


def _demand_room(group: Cgroup | None) -> None:
    if group and group.was_full:
        raise _TooMuch(f"it has started more than {MOST_TASKS} processes and threads")


def _demand_little(process: int, folder: Path) -> None:
    taken = usage(process)
    if taken.processes > MOST_PROCESSES:
        raise _TooMuch(f"it has started more than {MOST_PROCESSES} processes")
    most = memory_limit()
    if taken.memory > most and memory_shared_out(process) > most:
        raise _TooMuch(f"its processes together take more than {most >> 20} MB of memory")
    if disk_usage(folder, LARGEST_HOME) > LARGEST_HOME:
        raise _TooMuch(f"it has written more than {LARGEST_HOME >> 20} MB to its temporary home")


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Return the exit code; at once, where `Popen.wait` looks only every 50 milliseconds.

    Raises:
        TimeoutExpired: The time is over.
    """
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # Linux only
        return process.wait(seconds)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise subprocess.TimeoutExpired(process.args, seconds)
    finally:
        os.close(descriptor)
    return process.wait()


@contextmanager
def _limited() -> Iterator[None]:
    """Lower this process's own limits for a moment: what it starts has them from the beginning.

    Those of a process that runs already would come too late for what it has forked by then.
    """
    with _LIMITING, ExitStack() as restored:
        for kind, most in _limits():
            soft, hard = resource.getrlimit(kind)
            set_already = (each for each in (soft, hard) if each != resource.RLIM_INFINITY)
            lowest = min([most, *set_already])
            resource.setrlimit(kind, (lowest, hard))
            restored.callback(resource.setrlimit, kind, (soft, hard))
        yield


def _limit(process: subprocess.Popen[bytes]) -> None:
    """Keep what is run from raising its limits again."""
    for kind, most in _limits():
        with suppress(OSError, ValueError):  # it has ended, or is not ours any more
            resource.prlimit(process.pid, kind, (most, most))


def _limits() -> Iterator[tuple[int, int]]:
    """Yield what is limited, and how far, lest disk and memory be filled; on Linux."""
    if sys.platform == "linux":
        yield resource.RLIMIT_FSIZE, LARGEST_FILE
        yield resource.RLIMIT_DATA, memory_limit()


def memory_limit() -> int:
    """Return half of the machine's memory in bytes, and at least 1 GiB."""
    installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(installed // 2, 1 << 30)


def _environment_variables(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in INHERITED}
    return kept | dict.fromkeys(HOMES, str(home)) | dict.fromkeys(ONE_THREAD, "1")


def _kill(process: subprocess.Popen[bytes], home: Path) -> None:
    """End a process and all that it has started, as far as the system lets them be found."""
    if not hasattr(os, "killpg"):
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    end_all_that_live_in(home)


def end_all_that_live_in(folder: Path) -> None:
    """End every process whose home is a folder or lies in it; on Linux."""
    looks_in_vain = 0
    for _ in range(ROUNDS):
        others = living_in(folder)
        for other in others:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(other, signal.SIGKILL)
        looks_in_vain = 0 if others else looks_in_vain + 1
        if looks_in_vain > 1:  # during the first, one may have forked another and ended itself
            break


def living_in(folder: Path) -> list[int]:
    """Return the processes that work for what lies in a folder, in whatever session; on Linux.

    Their home is there, or they were started for a file there, by one who has told them so.
    """
    marks = ("HOME", WORKS_FOR)
    homes = tuple(f"{mark}={folder}{end}".encode() for mark in marks for end in ("\0", "/"))
    try:
        processes = [entry.name for entry in os.scandir("/proc") if entry.name.isdigit()]
    except OSError:
        return []
    found = []
    for process in processes:
        variables = _environment_of(process)
        if any(home in variables for home in homes):
            found.append(int(process))
    return found


def _environment_of(process: str) -> bytes:
    """Return the variables that a process has begun with.

    Each import ends with a look at every process of the machine, so this does without pathlib and
    io: it takes a third of the time.
    """
    try:
        file = os.open(f"/proc/{process}/environ", os.O_RDONLY)
    except OSError:  # it is somebody else's, or has ended
        return b""
    variables = b""
    with suppress(OSError):  # it has just ended
        while part := os.read(file, LARGEST_READ):
            variables += part
    os.close(file)
    return variables
