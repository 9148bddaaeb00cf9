"""How many faults the tests of a new project notice, of those that a program has put in.

    python -m benchmarks.mutating_a_new_project [stdlib | sqlalchemy] ...

Takes some minutes for each stack. The faults that are left are listed, each with the reason why no
test has to notice it; a fault without a reason is a test that is missing.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from uv import find_uv_bin

from benchmarks.importing_a_new_project import new_project

GOAL = 0.97
MODULES = ("auth", "passwords", "db", "migrations", "utils")
TESTS = ("auth", "passwords", "db", "migrations", "utils", "models", "main")

# Why nobody has to notice a fault, by the beginning of the line that holds it.
REASONS = {
    "HASHES_AT_ONCE = ": "a matter of how much memory there is",
    "MOST_MEMORY = ": "a limit that is far above what a hash takes",
    "return not stored.startswith": "small numbers that are equal are one object",
    "def transaction(self, *": "who gives it without its name is told by the type checker",
    "path.touch(mode=0o600": "a file that is there keeps its mode either way",
    "Path(arguments[0]).touch(mode=0o600": "a file that is there keeps its mode either way",
    "self._is_checked = True": "to look again costs time, and is never wrong",
    'Column("version_num"': "a length that SQLite does not look at",
    "if done > len(": "fewer were refused on the lines above",
}


def install(project: Path) -> Path:
    """Install a project to work on it, and Cosmic Ray; return the interpreter."""
    uv = find_uv_bin()
    environment = project.parent / "environment"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / "bin" / "python"
    install = [uv, "pip", "install", "--quiet", "--python", str(python), "--editable", "."]
    subprocess.run([*install, "--group", "test", "cosmic-ray>=8.7"], cwd=project, check=True)
    return python


def faults(project: Path, python: Path, module: str) -> list[dict[str, Any]]:
    """Put faults into a module, one at a time; return what the tests have made of each."""
    package = project / "src" / "hello"
    file = package / f"{module}.py"
    if not file.exists():
        file = package / module / "__init__.py"
    first = [f"tests/test_{module}.py"]  # which notices most of them, and soonest
    others = [f"tests/test_{name}.py" for name in TESTS if name != module]
    run = subprocess.run(
        [python, Path(__file__).with_name("mutants.py"), file, *first, *others],
        cwd=project,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [json.loads(line) | {"module": module} for line in run.stdout.splitlines()]


def reason(fault: dict[str, Any]) -> str:
    found = (why for line, why in REASONS.items() if fault["before"].startswith(line))
    return next(found, "no reason: a test is missing")


def measure(stack: str) -> None:
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder), stack)
        python = install(project)
        results = [fault for module in MODULES for fault in faults(project, python, module)]
    print(f"\n{stack}: faults that the tests notice")
    total = Counter(fault["module"] for fault in results)
    noticed = Counter(fault["module"] for fault in results if fault["noticed"])
    for module in MODULES:
        print(f"  {noticed[module]:4} of {total[module]:4}  {module}")
    share = noticed.total() / total.total()
    print(f"  {noticed.total():4} of {total.total():4}  {share:.1%}   goal: at least {GOAL:.0%}")
    for fault in results:
        if not fault["noticed"]:
            print(f"  {fault['module']}: {fault['before']}  ->  {fault['after']}")
            print(f"      {reason(fault)}")


if __name__ == "__main__":
    for stack in sys.argv[1:] or ["stdlib", "sqlalchemy"]:
        measure(stack)
