"""How long `modwright status` takes for a hundred projects, beside `git status` of each.

    python -m benchmarks.status_of_a_hundred_projects [ROUNDS]

First as for clones that were made just now, then with what the first time has kept.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Case, medians, print_ratios

PROJECTS = 100
BIN = Path(sys.executable).parent
EACH = 'for project in "$@"; do git -C "$project" status --porcelain; done'


def make_projects(folder: Path) -> list[Path]:
    """Make many projects that differ by a line, as starter kits do."""
    first = folder / "first"
    new = [str(BIN / "modwright"), "new", str(first), "--defaults", "--no-check"]
    subprocess.run(new, check=True, capture_output=True)
    projects = [folder / f"project{number}" for number in range(PROJECTS)]
    for project in projects:
        shutil.copytree(first, project, symlinks=True)
        with (project / "src" / "first" / "utils.py").open("a", encoding="utf-8") as file:
            file.write(f"\nMINE = {project.name!r}\n")
        commit = ["git", "-C", str(project), "commit", "--quiet", "--all", "--message=Mine"]
        subprocess.run(commit, check=True, capture_output=True)
    return projects


def running(projects: list[Path], *command: str | Path, forgets: bool = False) -> Case:
    """Return the case of a command that takes the projects as arguments."""

    def case(folder: Path) -> list[str]:  # noqa: ARG001 (the projects lie elsewhere)
        if forgets:
            for project in projects:
                shutil.rmtree(project / ".git" / "modwright", ignore_errors=True)
        return list(map(str, (*command, *projects)))

    return case


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with TemporaryDirectory() as folder:
        projects = make_projects(Path(folder))
        status = (BIN / "modwright", "status")
        times = medians(
            {
                "git status of each": running(projects, "sh", "-c", EACH, "sh"),
                "modwright status, the first time": running(projects, *status, forgets=True),
                "modwright status, from then on": running(projects, *status),
            },
            rounds,
        )
    print_ratios(f"The status of {PROJECTS} projects", times, {})


if __name__ == "__main__":
    main()
