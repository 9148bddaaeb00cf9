"""Runs Python of the project's environment, contained: nothing gets in, nothing stays."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright_check.model.environment import Environment
from modwright_check.run.limits import (
    TooMuch,
    group_of_limited_size,
    keep_limited,
    limited,
    wait_watching,
)
from modwright_check.system.living_in import end_all_that_live_in
from modwright_check.system.regular_files import read_regular

GRACE = 2.0  # seconds that a process has to say where it hangs before it is killed
OUTPUT_KEPT = 1 << 20  # bytes of each output that are read
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
HOMES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
# Imports run side by side; a pool of threads in each would only get into the others' way, and
# what has threads cannot be forked.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
        group_of_limited_size() as group,
        (folder / "stdout").open("ab") as stdout,
        (folder / "stderr").open("ab") as stderr,
    ):
        with limited():
            process = subprocess.Popen(  # noqa: S603
                group.holding(command) if group else command,
                cwd=cwd or empty,
                env=_environment_variables(home) | (variables or {}),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        under_way.begin(process, home)
        keep_limited(process)
        too_much = ""
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return wait_watching(process, time_limit, folder, group)
                if is_alive is None or not is_alive():
                    return None
        except TooMuch as error:
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
