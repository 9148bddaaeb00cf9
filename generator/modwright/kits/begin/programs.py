"""Programs that a kit starts: nothing of the user's settings reaches them, and each has a limit."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from typing import IO

# Settings of Python, of installers and of proxies: no network is used, and none is asked for.
_NOT_INHERITED = ("PYTHON", "UV_", "PIP_", "VIRTUAL_ENV", "CONDA_", "PYTEST_")
_PROXY = "_PROXY"
MOST_READ = 1 << 20  # bytes of each output

_RUNNING: set["subprocess.Popen[bytes]"] = set()
_OVER = Event()


class Failed(Exception):
    """A program has failed; the message is the last line that it has written."""


def run(command: Sequence[str | Path], folder: Path, seconds: float) -> str:
    """Run a program to its end; return what it has written to stdout.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        seconds: That it may take.

    Raises:
        Failed: It could not be started, has ended with another exit code than 0, or takes longer.
    """
    # Not pipes: what a program leaves behind in the background would keep them open.
    with TemporaryFile() as stdout, TemporaryFile() as stderr:
        try:
            process = subprocess.Popen(  # noqa: S603 (the kit's own)
                [str(part) for part in command],
                cwd=folder,
                env=environment_variables(),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
        except OSError as error:
            raise Failed(error.strerror or str(error)) from None
        exit_code = _wait(process, seconds)
        texts = [_written(file) for file in (stdout, stderr)]
    if exit_code:
        lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
        raise Failed(lines[-1] if lines else f"exit code {exit_code}")
    return texts[0]


def end_all() -> None:
    """End all programs that run, and those that are still to begin."""
    _OVER.set()
    for process in tuple(_RUNNING):
        process.kill()


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> int:
    _RUNNING.add(process)
    try:
        if _OVER.is_set():
            process.kill()
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Failed(f"it takes longer than {seconds:.0f} seconds") from None
    finally:
        process.kill()
        process.wait()
        _RUNNING.discard(process)


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(MOST_READ).decode("utf-8", "replace")


def environment_variables() -> dict[str, str]:
    """Return the variables of this process without those that would change what is run."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_NOT_INHERITED) and not name.upper().endswith(_PROXY)
    } | {"PYTHONUTF8": "1"}
