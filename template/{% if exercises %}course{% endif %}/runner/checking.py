"""Checks an exercise: in a process of its own, with limits of time and of what it may print."""

import ast
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import interpreter, words
from .exercises import Exercise
from .processes import Program, Stopped
from .words import OUTPUT, Outcome

WHERE = int(getattr(signal, "SIGUSR1", 0))  # asks a check where its code is; Windows has none
# What comes of reading something as a result that a learner's code has written in its place.
NONSENSE = (
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)

__all__ = ["Outcome", "Stopped", "check"]


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
    running = str(Path(__file__).with_name("running.py"))
    # No caches are written: of two savings within a second the second would find the first's.
    command = [python, "-I", "-B", "-u", "-X", "utf8", running]
    command += [str(root), str(root / exercise.check), str(seconds), str(WHERE)]
    env = interpreter.surroundings(python)
    try:
        with Program(command, cwd=root, env=env, most=OUTPUT) as program:
            end = program.wait(seconds, stop, lambda: _is_answer(program.stdout.so_far()))
            if end != "ended":
                _ask_where(program.process)
    except OSError as problem:
        return Outcome(False, f"Cannot start {python}: {problem.strerror}")
    outcome = _told(root, exercise, seconds, end, program)
    output = words.printable(program.stderr.all().decode("utf-8", "replace"))
    return replace(outcome, output=output, seconds=time.monotonic() - begun)


def _is_answer(text: bytes) -> bool:
    return text.startswith(b"{") and text.endswith(b"\n")


def _ask_where(process: "subprocess.Popen[bytes]") -> None:
    """Let a check write where its code is, as `running` has prepared it."""
    if WHERE:
        process.send_signal(WHERE)
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.3)


def _told(root: Path, exercise: Exercise, seconds: float, end: str, program: Program) -> Outcome:
    text = program.stdout.all().decode("utf-8", "replace")
    with suppress(*NONSENSE):
        return words.of_result(root, exercise, ast.literal_eval(text))
    code = program.process.returncode
    if end == "printed":
        told = words.FLOOD
    elif end == "time" or code == -getattr(signal, "SIGXCPU", 0):
        told = words.ENDLESS.format(seconds=seconds)
    else:
        told = words.ENDED.format(how=f" ({_how(code)})")
    return words.of_trace(root, exercise, text, told)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
