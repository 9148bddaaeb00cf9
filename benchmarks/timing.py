"""Wall times of commands, taken in turns so that a noisy machine troubles all of them alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

# Given an empty folder, a case returns the command that is to be timed in it.
Case = Callable[[Path], list[str]]


def medians(cases: Mapping[str, Case], rounds: int) -> dict[str, float]:
    """Return the median wall time of each case, in seconds.

    Each round runs every case once, in a folder of its own. A round before the first fills
    caches and writes bytecode, and is not counted.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(rounds + 1):
        for name, case in cases.items():
            seconds = _run(case)
            if turn:
                times[name].append(seconds)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _run(case: Case) -> float:
    # Without bytecode the import of Copier alone costs a second.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as folder:
        command = case(Path(folder))
        begin = time.perf_counter()
        finished = subprocess.run(
            command,
            cwd=folder,
            check=False,
            capture_output=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        seconds = time.perf_counter() - begin
    if finished.returncode:
        raise SystemExit(f"{command} failed:\n{finished.stdout}\n{finished.stderr}")
    return seconds


def print_ratios(title: str, times: Mapping[str, float], goals: Mapping[str, float]) -> None:
    """Print the medians, and each as a multiple of the first, which the others are held against."""
    print(f"\n{title}")
    base = next(iter(times.values()))
    for name, seconds in times.items():
        goal = f"   goal: at most {goals[name]}" if name in goals else ""
        print(f"  {seconds * 1000:8.0f} ms  {seconds / base:5.2f} x  {name}{goal}")
