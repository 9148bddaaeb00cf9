"""How long an update takes, beside `copier update` for the same step and the same edits.

    python -m benchmarks.updating_a_project [ROUNDS]

The project was made with an older commit of this clone, and is updated to the one that is checked
out. Neither checks it afterwards.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Case, medians, print_ratios
from modwright.scaffold.source import find_source
from modwright.upkeep.record import ANSWERS_FILE, with_origin

BIN = Path(sys.executable).parent
REPOSITORY = Path(__file__).parents[1]
COMMITS_BACK = 10  # of those that have changed the template


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def make_project(folder: Path) -> None:
    """Make a project with an older commit, and edit it."""
    commits = git(REPOSITORY, "log", "--format=%H", "--", "template").split()
    older = commits[min(COMMITS_BACK, len(commits) - 1)]
    copy = [str(BIN / "copier"), "copy", "--defaults", "--quiet", "--vcs-ref", older]
    subprocess.run([*copy, REPOSITORY, folder], check=True, capture_output=True)
    answers = folder / ANSWERS_FILE
    recorded = with_origin(answers.read_text("utf-8"), find_source().url, older, {})
    answers.write_text(recorded, "utf-8")
    for step in (["init"], ["add", "--all"], ["commit", "--message=Start"]):
        git(folder, *step)
    for file in (*folder.glob("src/*/*.py"), *folder.glob("tests/*.py")):
        file.write_text("# Mine.\n" + file.read_text("utf-8"), "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=Edit")


def updating(project: Path, *command: str | Path) -> Case:
    """Return the case of an update of a copy of the project."""

    def case(folder: Path) -> list[str]:
        shutil.copytree(project, folder, dirs_exist_ok=True, symlinks=True)
        return list(map(str, command))

    return case


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with TemporaryDirectory() as folder:
        project, settings = Path(folder, "hello"), Path(folder, "gitconfig")
        rewritten = f'[url "{REPOSITORY}"]\n\tinsteadOf = {find_source().url}\n'
        settings.write_text(
            f"[user]\n\tname = Ann\n\temail = ann@example.org\n{rewritten}", "utf-8"
        )
        os.environ["GIT_CONFIG_GLOBAL"] = str(settings)
        os.environ["COPIER_CACHE_DIR"] = str(Path(folder, "cache"))
        make_project(project)
        copier = (BIN / "copier", "update", "--defaults", "--quiet", "--vcs-ref", "HEAD")
        times = medians(
            {
                "copier update": updating(project, *copier),
                "modwright update": updating(project, BIN / "modwright", "update", "--no-check"),
            },
            rounds,
        )
    print_ratios("An update", times, {"modwright update": 0.5})


if __name__ == "__main__":
    main()
