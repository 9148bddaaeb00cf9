"""Imports one module in a process of its own, in an empty folder, under a time limit."""

import ast
import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.checking import probe
from modwright.environment import Environment
from modwright.errors import EnvironmentFailed

GRACE = 2.0  # seconds that the probe has to say where it hangs before its processes are killed
LARGEST_FILE = 64 << 20  # bytes; a module that writes more at import has lost its way
OUTPUT_KEPT = 1 << 20  # bytes of stderr that are read

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

_IMPORT_TIME = re.compile(rb"^import time: +(\d+) \| +\d+ \| *(\S+)$", re.MULTILINE)
_FRAME = re.compile(r'^  File "(.+)", line (\d+) in ', re.MULTILINE)

Frame = tuple[str, int]


class UnderWay:
    """The imports of one check that are under way, so that they can be ended together."""

    def __init__(self) -> None:
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def begin(self, process: subprocess.Popen[bytes]) -> None:
        """Take note of a process; end it at once if it comes too late."""
        self._processes.add(process)
        if self._ended:
            _kill_group(process)

    def finish(self, process: subprocess.Popen[bytes]) -> None:
        """End a process with all that it has started, and forget it."""
        _kill_group(process)
        process.wait()
        self._processes.discard(process)

    def end_all(self) -> None:
        """End every process, and those that are still to begin."""
        self._ended = True
        for process in tuple(self._processes):
            _kill_group(process)


@dataclass(frozen=True)
class Outcome:
    """What was seen of one import.

    Args:
        loaded: Whether the probe gave its positive sign and no exception.
        file: The file that the module came from, as the module says.
        import_ms: Milliseconds of the import, with all that it imports.
        self_ms: Milliseconds of the module's own code (`-X importtime`).
        error: The exception's class.
        exits: Whether that is a SystemExit.
        message: The exception's text.
        missing: The name that a ModuleNotFoundError missed.
        frames: Files and lines of the stack, the innermost last.
        exit_code: Of the process: negative for the number of a signal. None when time was over.
        time_limit: Seconds that it had.
    """

    loaded: bool
    exit_code: int | None
    time_limit: float
    file: str | None = None
    import_ms: float | None = None
    self_ms: float | None = None
    error: str | None = None
    exits: bool = False
    message: str = ""
    missing: str | None = None
    frames: tuple[Frame, ...] = ()


def import_alone(
    environment: Environment, name: str, time_limit: float, under_way: UnderWay
) -> Outcome:
    """Import the module `name` of an environment.

    Args:
        environment: Where it is installed.
        name: Its dotted name.
        time_limit: In seconds. The whole process group ends with it.
        under_way: By which another thread can end it.

    Raises:
        EnvironmentFailed: Python cannot be started, or there is no room to write the outcome.
    """
    with TemporaryDirectory(prefix="modwright-", ignore_cleanup_errors=True) as folder:
        exit_code = _run_probe(environment, name, Path(folder), time_limit, under_way)
        return _read_outcome(Path(folder), name, exit_code, time_limit)


def _run_probe(
    environment: Environment, name: str, folder: Path, time_limit: float, under_way: UnderWay
) -> int | None:
    empty, home = folder / "empty", folder / "home"
    empty.mkdir()
    home.mkdir()
    command = [str(environment.python), "-I", "-X", "importtime", probe.__file__]
    with (folder / "stderr").open("wb") as stderr:
        process = subprocess.Popen(  # noqa: S603
            [*command, str(folder), name, str(time_limit)],
            cwd=empty,
            env=_environment_variables(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
        under_way.begin(process)
        _limit_files(process)
        try:
            process.wait(time_limit + GRACE)
        except subprocess.TimeoutExpired:
            return None
        finally:
            under_way.finish(process)
    if not (folder / "trace").exists() or process.returncode == probe.NOT_WRITTEN:
        said = _read_text(folder / "stderr").strip().rpartition("\n")[2]
        raise EnvironmentFailed(f"Nothing can be imported with {folder} to write to: {said}")
    timed_out = "Timeout (" in _read_text(folder / "trace")
    return None if timed_out else process.returncode


def _limit_files(process: subprocess.Popen[bytes]) -> None:
    """Keep what the module writes, stderr above all, from filling the disk; on Linux."""
    try:
        import resource  # noqa: PLC0415 (Windows has none)

        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    except (ImportError, AttributeError, OSError):
        return


def _environment_variables(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in INHERITED}
    places = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return kept | dict.fromkeys(places, str(home))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and, where there are process groups, all that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _read_outcome(folder: Path, name: str, exit_code: int | None, time_limit: float) -> Outcome:
    self_ms = _self_ms(folder / "stderr", name)
    try:
        seen = ast.literal_eval(_read_text(folder / "result"))
    except (ValueError, SyntaxError):
        # Written by faulthandler, the innermost frame first.
        stack = _FRAME.findall(_read_text(folder / "trace"))
        frames = tuple((file, int(line)) for file, line in reversed(stack))
        return Outcome(False, exit_code, time_limit, frames=frames)
    return Outcome(
        loaded="error" not in seen,
        exit_code=exit_code,
        time_limit=time_limit,
        file=seen.get("file"),
        import_ms=seen["import_ns"] / 1e6,
        self_ms=self_ms,
        error=seen.get("error"),
        exits=seen.get("exits", False),
        message=seen.get("message", ""),
        missing=seen.get("missing"),
        frames=tuple(seen.get("frames", ())),
    )


def _self_ms(stderr: Path, name: str) -> float | None:
    with stderr.open("rb") as file:
        file.seek(max(0, stderr.stat().st_size - OUTPUT_KEPT))
        lines = _IMPORT_TIME.findall(file.read())
    microseconds = [int(own) for own, module in lines if module == name.encode()]
    return microseconds[-1] / 1e3 if microseconds else None


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
