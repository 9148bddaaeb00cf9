"""What `modwright new --defaults` spends its time on, step by step, in one process.

python -m benchmarks.where_the_time_goes [ROUNDS]
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

STEPS: dict[str, float] = {}


@contextmanager
def step(name: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    STEPS[name] = time.perf_counter() - begin


def start_a_project(folder: Path) -> None:
    """Do what the command does, and time each step; imports are steps of their own."""
    project = folder / "hello"
    with step("import modwright"):
        from modwright.scaffold.create import create_project  # noqa: PLC0415
        from modwright.scaffold.repository import commit_project  # noqa: PLC0415
        from modwright.scaffold.source import find_source  # noqa: PLC0415
    with step("import copier, render, move into place"):
        created = create_project(find_source(), project, {}, ask=False, force=False)
    with step("  of which render and move into place"):
        create_project(find_source(), folder / "again", {}, ask=False, force=False)
    with step("first commit"):
        commit_project(project, created.name, created.files)
    with step("import the check"):
        from modwright_check.api import check  # noqa: PLC0415
        from modwright_check.config.configuration import Overrides  # noqa: PLC0415
        from modwright_check.model.options import Options  # noqa: PLC0415
        from modwright_check.report import as_text  # noqa: F401, PLC0415
    begun: list[tuple[str, float]] = []

    def tell(name: str, _detail: str) -> None:
        if not begun or begun[-1][0] != name:
            begun.append((name, time.perf_counter()))

    check(Options(project), Overrides(), tell)
    tell("", "")
    for (name, begin), (_, end) in pairwise(begun):
        STEPS[f"check: {name}"] = end - begin


def main() -> None:
    if sys.argv[1:] == ["once"]:
        with TemporaryDirectory() as folder:
            start_a_project(Path(folder))
        print("\n".join(f"{seconds}\t{name}" for name, seconds in STEPS.items()))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    taken: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        command = [sys.executable, "-m", "benchmarks.where_the_time_goes", "once"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in shown.splitlines() if turn else ():  # the first one fills caches
            seconds, name = line.split("\t")
            taken.setdefault(name, []).append(float(seconds))
    for name, times in taken.items():
        print(f"{statistics.median(times) * 1000:6.0f} ms  {name}")


if __name__ == "__main__":
    main()
