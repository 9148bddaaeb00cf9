"""Every line of the README works where the repository has just been cloned."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modwright.scaffold.source import find_source

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text("utf-8")
# The first two set up what the others need, and .ci/run runs them.
START, TESTS, *LINES = re.findall(r"^    (.+)$", README, re.MULTILINE)
# More than half of the time of all lines. Day one has the check of such projects as well, and that
# answers and presets make what they say is a matter of tests/commands and tests/scaffold.
OF_LARGE = ("web-backend", "--stack sqlalchemy", "--extension", "--external", "kit -o kit.zip")
LARGE = [line for line in LINES if any(words in line for words in OF_LARGE)]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the lines are a POSIX shell's")


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone where the first line has been typed: an environment, and the project hello."""
    folder = tmp_path_factory.mktemp("cloned") / "modwright"
    unversioned = shutil.ignore_patterns("__pycache__", ".venv", "build", "hello", ".*_cache")
    shutil.copytree(REPOSITORY, folder, ignore=unversioned, symlinks=True)
    (folder / ".venv").symlink_to(sys.prefix)
    _type(START.rpartition("&& ")[2], folder)
    return folder


@pytest.mark.full
def test_the_first_lines_are_the_two_that_ci_runs() -> None:
    assert "modwright new hello" in START
    assert TESTS.endswith("/pytest")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            line, id=line, marks=pytest.mark.release if line in LARGE else pytest.mark.full
        )
        for line in LINES
    ],
)
def test_a_line_works_as_it_stands(line: str, clone: Path) -> None:
    if "update" in line and find_source().version is None:
        pytest.skip("this is not a clone, so projects record no version")
    with_what_others_make = [folder for folder in clone.iterdir() if folder.name != "hello"]
    try:
        _type(line, clone)
    finally:
        for made in {*clone.iterdir()} - {*with_what_others_make, clone / "hello"}:
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        shutil.rmtree(clone.parent / "hello", ignore_errors=True)


def _type(line: str, folder: Path) -> None:
    path = os.pathsep.join([str(folder / ".venv" / "bin"), os.environ["PATH"]])
    identity = {
        f"GIT_{who}_{what}": "ann@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    typed = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],
        cwd=folder,
        env={**os.environ, **identity, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert typed.returncode == 0, f"$ {line}\n{typed.stdout}\n{typed.stderr}"
