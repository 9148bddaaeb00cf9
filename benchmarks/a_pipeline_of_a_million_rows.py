"""Whether a new pipeline reads, trains and predicts a million rows in time and in little memory.

    python -m benchmarks.a_pipeline_of_a_million_rows [ROWS]

Each command runs in a process of its own, for a small file and for the large one. The memory is
the most that a process has held, as a multiple of what the same command takes for the small file.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing_a_new_project import BIN, install

SMALL = 1000
SECONDS = 60
MOST_MEMORY = 2.0
CORES = 2


def new_pipeline(folder: Path) -> Path:
    """Make the project and install it as its users do; return its program."""
    project = folder / "hello"
    new = [str(BIN / "modwright"), "new", str(project), "--data", "trade=ml", "--defaults"]
    subprocess.run([*new, "--no-check", "--no-git"], check=True, capture_output=True)
    return install(project, folder / "environment").with_name("hello")


def measured(program: Path, folder: Path, *arguments: str) -> tuple[float, int, str]:
    """Run a command; return its seconds, the most memory that it held in KiB, and its output."""
    output = folder / "output"
    begin = time.perf_counter()
    with output.open("w") as file:
        process = subprocess.Popen([program, *arguments], cwd=folder, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} failed")
    return seconds, usage.ru_maxrss, output.read_text().splitlines()[0]


def run_all(program: Path, folder: Path, rows: int) -> list[tuple[str, float, int, str]]:
    """Run the pipeline on so many rows; return what was measured of each command."""
    folder.mkdir()
    measured(program, folder, "prepare", "--sample", str(rows))  # the file is not ours to time
    (folder / "work" / "sample.csv").rename(folder / "flats.csv")
    commands = [
        ["prepare", "flats.csv"],
        ["train", "rent"],
        ["train", "let_at_once"],
        ["evaluate", "rent"],
        ["predict", "rent", "flats.csv", "rents.csv"],
    ]
    return [(" ".join(each), *measured(program, folder, *each)) for each in commands]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with TemporaryDirectory() as name:
        folder = Path(name)
        program = new_pipeline(folder)
        small = run_all(program, folder / "small", SMALL)
        large = run_all(program, folder / "large", rows)
    print(f"\n{rows:,} rows on {CORES} cores; memory beside {SMALL:,} rows")
    for (_, _, before, _), (command, seconds, memory, output) in zip(small, large, strict=True):
        ratio = memory / before
        print(f"  {seconds:6.1f} s  {memory / 1024:6.0f} MiB  {ratio:5.2f} x  {command}: {output}")
    total = sum(seconds for _, seconds, _, _ in large)
    most = max(one[2] / other[2] for one, other in zip(large, small, strict=True))
    print(f"  together: {total:.1f} s   goal: under {SECONDS}")
    print(f"  memory: {most:.2f} x   goal: at most {MOST_MEMORY}")


if __name__ == "__main__":
    main()
