"""Checks an exercise: in a process of its own, with limits of time and of what it may print."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from . import interpreter, words
from .exercises import Exercise
from .words import Outcome

OUTPUT = 64 * 1024  # bytes
GRACE = 1.0  # seconds in which a check may come to its end when all is said

__all__ = ["Outcome", "Stopped", "check"]


class Stopped(Exception):
    """Somebody has stopped a check before its end."""


def check(
    root: Path,
    exercise: Exercise,
    seconds: float | None = None,
    *,
    python: str | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Run the check of an exercise and tell its first failure.

    Args:
        root: The project's folder.
        exercise: What to check.
        seconds: That it may take, instead of what the exercise says.
        python: The interpreter; that of the project's environment if none is given.
        stop: Ends the check when it is set.

    Raises:
        Stopped: It was ended so.
    """
    root = root.resolve()
    seconds = exercise.seconds if seconds is None else seconds
    python = python or interpreter.of(root)
    begun = time.monotonic()
    try:
        process = _started(root, exercise, seconds, python)
    except OSError as problem:
        return Outcome(False, f"Cannot start {python}: {problem.strerror}")
    answer, output = _Reader(process.stdout, OUTPUT), _Reader(process.stderr, OUTPUT)
    try:
        end = _waited(process, answer, output, begun + seconds, stop)
    finally:
        _end(process)
    outcome = _told(root, exercise, seconds, end, process.returncode, answer.all())
    return replace(outcome, output=words.printable(output.all()), seconds=time.monotonic() - begun)


def _started(
    root: Path, exercise: Exercise, seconds: float, python: str
) -> "subprocess.Popen[bytes]":
    running = Path(__file__).with_name("running.py")
    # Written files keep out of the way: a second saving within a second would find an old cache.
    options = ["-I", "-B", "-u", "-X", "utf8"]
    return subprocess.Popen(  # noqa: S603
        [python, *options, str(running), str(root), str(root / exercise.check), str(seconds)],
        cwd=root,
        env=interpreter.surroundings(python),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Reader:
    """Reads a pipe in the background, up to a limit."""

    def __init__(self, pipe: IO[bytes] | None, limit: int) -> None:
        self.parts: list[bytes] = []
        self.left = limit
        self.pipe = pipe
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    @property
    def is_full(self) -> bool:
        return self.left <= 0

    @property
    def has_line(self) -> bool:
        return bool(self.parts) and self.parts[-1].endswith(b"\n") and self.parts[0][:1] == b"{"

    def all(self) -> bytes:
        """Return what was read, when its writers are gone or have had time to go."""
        self.thread.join(GRACE)
        return b"".join(list(self.parts))

    def _read(self) -> None:
        assert self.pipe  # noqa: S101 (it was asked for)
        with self.pipe, suppress(OSError, ValueError):
            while part := os.read(self.pipe.fileno(), OUTPUT):
                if not self.is_full:
                    self.parts.append(part[: self.left])
                self.left -= len(part)


def _waited(
    process: "subprocess.Popen[bytes]",
    answer: _Reader,
    output: _Reader,
    until: float,
    stop: threading.Event | None,
) -> str:
    """Return why a check is over: it has `ended`, `printed` too much, or its `time` is up."""
    while process.poll() is None and not answer.has_line:
        if stop and stop.is_set():
            raise Stopped
        late = time.monotonic() > until
        if late or output.is_full:
            _ask_where(process)
            return "time" if late else "printed"
        time.sleep(0.005)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    return "ended"


def _ask_where(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform != "win32":
        process.send_signal(signal.SIGUSR1)
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.3)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a check and all that it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            killer = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
            subprocess.run(  # noqa: S603
                [killer, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _told(
    root: Path, exercise: Exercise, seconds: float, end: str, code: int, answer: bytes
) -> Outcome:
    text = answer.decode("utf-8", "replace")
    with suppress(ValueError, KeyError, TypeError):
        return words.of_result(root, exercise, json.loads(text))
    if end == "printed":
        told = f"printed more than {OUTPUT // 1024} KB. Look for a loop that prints and never ends."
    elif end == "time" or code == -getattr(signal, "SIGXCPU", 0):
        told = f"did not come to an end within {seconds:g} s. Look for a loop that never ends."
    else:
        told = f"ended Python itself ({_how(code)}), and so the check saw nothing."
    return words.of_trace(root, exercise, text, told)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
