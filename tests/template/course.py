"""A course whose exercises are solved, by the runner that it brings itself."""

import json
import shutil
import sys
from pathlib import Path

from tests.template.conftest import succeed

BEGIN = """
import json, sys
from pathlib import Path

sys.path.insert(0, "course")
from runner.checking import check
from runner.exercises import load
from runner.places import solve
from runner.proving import prove

root = Path.cwd()
"""
SOLVE_ALL = """
for exercise in load(root):
    solve(root, exercise)
"""
DO_QUICK_ONES = """
told = []
for exercise in load(root):
    if exercise.browser:
        unsolved = check(root, exercise)
        told += [f"{exercise.name}: {unsolved}"] * (exercise.fails not in unsolved.message)
    solve(root, exercise)
    if exercise.browser:
        solved = check(root, exercise)
        told += [f"{exercise.name}: {solved}"] * (not solved.passed)
print(json.dumps(told))
"""
PROVE = """
if __name__ == "__main__":
    print(json.dumps(prove(root)))
"""


def solve_all(project: Path) -> None:
    """Write the course's own solutions into a project, as a learner would in a day.

    Its README is then that of the whole program.
    """
    _run(project, SOLVE_ALL)
    shutil.copy(project / "course" / "solved" / "README.md", project)


def problems_of_quick_exercises(project: Path) -> list[str]:
    """Do the course, and return what is wrong with the exercises that start no process."""
    return _told(_run(project, DO_QUICK_ONES))


def problems(project: Path, python: str | Path) -> list[str]:
    """Return what the author's check finds, with this Python for the checks of exercises."""
    return _told(_run(project, PROVE, python))


def _run(project: Path, code: str, python: str | Path = sys.executable) -> str:
    return succeed(python, "-B", "-c", BEGIN + code, cwd=project)


def _told(output: str) -> list[str]:
    found: list[str] = json.loads(output)
    return found
