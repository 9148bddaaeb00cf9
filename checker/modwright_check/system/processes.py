"""Programs that run to their end, or are ended together with all that they have started."""

import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from modwright_check.system.signals import uninterrupted

GRACE = 0.5  # seconds in which a program may put its files in order


def run_to_end(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program without input; return its exit code and what it has written.

    Args:
        command: The program and its arguments.
        cwd: Where it runs.
        env: Its environment variables.
        seconds: That it may take. When they are over, or at Ctrl-C, all that it has started ends.

    Raises:
        TimeoutExpired: The time is over.
    """
    process = None
    # Not pipes: what a program leaves behind in the background would keep them open.
    with TemporaryFile() as stdout, TemporaryFile() as stderr:
        try:
            with uninterrupted():
                process = subprocess.Popen(  # noqa: S603
                    command,
                    cwd=cwd,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    start_new_session=True,
                )
            exit_code = process.wait(seconds)
        except BaseException:
            with uninterrupted():
                if process:
                    _end(process)
            raise
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        return subprocess.CompletedProcess(command, exit_code, *texts)


def wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Return the exit code; at once, where `Popen.wait` looks only every 50 milliseconds.

    Args:
        process: To wait for.
        seconds: That it may take.

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


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        _signal_group(process, signal.SIGTERM)  # at which git removes its locks
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        _signal_group(process, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # nobody of it is left
        os.killpg(process.pid, number)
