"""Programs with limits of time and of output, ended together with all that they have started."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

GRACE = 1.0  # seconds in which a program may come to its end when all is said


class Stopped(Exception):
    """Somebody has stopped a program before its end."""


class Program:
    """A program that runs, without input; leaving its `with` block ends it and its children."""

    def __init__(
        self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], most: int
    ) -> None:
        """Start it and keep up to `most` bytes that it writes; raise OSError if that fails."""
        self.process = subprocess.Popen(  # noqa: S603
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.stdout = _Reader(self.process.stdout, most)
        self.stderr = _Reader(self.process.stderr, most)

    def __enter__(self) -> "Program":
        """Return the program."""
        return self

    def __exit__(self, *problem: object) -> None:
        """End it."""
        if sys.platform == "win32":
            if self.process.poll() is None:
                _end_tree(self.process.pid)
                self.process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):  # nobody of it is left
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(
        self, seconds: float, stop: threading.Event | None, is_done: Callable[[], bool]
    ) -> str:
        """Wait for a program's end, and return why it is over.

        It has `ended` by itself or will do so, has `printed` too much, or its `time` is up.

        Raises:
            Stopped: `stop` is set.
        """
        until = time.monotonic() + seconds
        while self.process.poll() is None and not is_done():
            if stop and stop.is_set():
                raise Stopped
            if time.monotonic() > until:
                return "time"
            if self.stdout.is_full or self.stderr.is_full:
                return "printed"
            time.sleep(0.005)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        return "ended"


class _Reader:
    """Reads a pipe in the background, and keeps what a limit lets it."""

    def __init__(self, pipe: IO[bytes] | None, most: int) -> None:
        """Begin to read."""
        self._parts: list[bytes] = []
        self._left = most
        self._pipe = pipe
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def is_full(self) -> bool:
        """Whether there was more than the limit."""
        return self._left < 0

    def so_far(self) -> bytes:
        """Return what was read until now."""
        return b"".join(list(self._parts))

    def all(self) -> bytes:
        """Return what was read, when its writers are gone or have had time to go."""
        self._thread.join(GRACE)
        return self.so_far()

    def _read(self) -> None:
        if self._pipe is None:
            return
        with self._pipe, suppress(OSError, ValueError):
            while part := os.read(self._pipe.fileno(), 1 << 16):
                if self._left > 0:
                    self._parts.append(part[: self._left])
                self._left -= len(part)


def _end_tree(process: int) -> None:
    system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
    with suppress(OSError):
        subprocess.run(  # noqa: S603
            [str(system), "/T", "/F", "/PID", str(process)], capture_output=True, check=False
        )
