"""How long a class waits: for its kits, for the first line of a course, for the screen.

    python -m benchmarks.a_kit_for_a_class [PEOPLE]

The start of a kit is held against what uv and pytest take for the same project, with all that they
download in their caches, in the same run.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from uv import find_uv_bin

from benchmarks.timing import print_ratios

BIN = Path(sys.executable).parent
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
SYSTEM = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
KIT = ("kit", "--platform", SYSTEM, "--python", HERE)
SECONDS_OF_A_START = 15
KITS_A_MINUTE = 50


def timed(*command: str | Path, cwd: Path) -> float:
    """Run a command that has to succeed; return the seconds that it takes."""
    begin = time.perf_counter()
    finished = subprocess.run(
        list(map(str, command)), cwd=cwd, check=False, capture_output=True, text=True
    )
    if finished.returncode:
        raise SystemExit(f"{command} failed:\n{finished.stdout}\n{finished.stderr}")
    return time.perf_counter() - begin


def by_uv(project: Path) -> float:
    """Install a project and run its first test, as somebody with a network and uv would."""
    uv = find_uv_bin()
    python = project / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = ("pip", "install", "--python", python, "--editable", ".", "--group", "test")
    return (
        timed(uv, "venv", "--clear", "--python", sys.executable, ".venv", cwd=project)
        + timed(uv, *install, cwd=project)
        + timed(python, "-m", "pytest", "-q", "tests/test_imports.py", cwd=project)
    )


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        project = folder / "hello"
        new = ("new", "hello", "--preset", "workshop", "--defaults", "--no-check", "--no-git")
        timed(BIN / "modwright", *new, cwd=folder)
        timed(BIN / "modwright", *KIT, "-o", "first.zip", cwd=folder)  # fills the cache
        making = timed(BIN / "modwright", *KIT, "-o", "kit.zip", cwd=folder)
        with ZipFile(folder / "kit.zip") as packed:
            packed.extractall(folder / "unpacked")
        kit = folder / "unpacked" / "workshop-kit"
        by_uv(project)  # fills the cache
        first = timed(sys.executable, "start.py", cwd=kit)
        times = {
            "uv, and the first test by pytest": by_uv(project),
            "start.py": first,
            "start.py, once more": timed(sys.executable, "start.py", cwd=kit),
        }
        print_ratios("The start of a course, on a computer that has Python alone", times, {})
        print(f"  goal: start.py within {SECONDS_OF_A_START} s")

        names = "".join(f"Ann {number}\n" for number in range(people))
        (folder / "names.csv").write_text(f"name\n{names}", "utf-8")
        roster = ("--roster", "names.csv", "-o", "kits")
        each = (timed(BIN / "modwright", *KIT, *roster, cwd=folder) - making) / (people - 1)
        print(f"\nA kit: {making:.1f} s; a person more: {each:.2f} s")
        print(f"  {60 / each:.0f} a minute   goal: at least {KITS_A_MINUTE}")

        once = timed(sys.executable, "learn.py", "--list", cwd=project)
        print(f"\nlearn.py --list: {once:.2f} s")


if __name__ == "__main__":
    main()
