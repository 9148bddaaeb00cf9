"""The first commit of a new project."""

import os
import subprocess
from enum import Enum
from pathlib import Path
from shutil import which

from modwright.errors import UsageFailed


class FirstCommit(Enum):
    """What became of it, as a person is told."""

    MADE = "first commit made"
    NO_GIT = "no commit: git is not installed"
    INSIDE = "no commit: the folder belongs to a repository already"
    FAILED = "no commit: git refused it, the files are staged"


def demand_git() -> None:
    """Check that a commit can be made.

    Raises:
        UsageFailed: git is not installed.
    """
    if which("git") is None:
        raise UsageFailed("git is not installed. Install it, or leave --git out.")


def commit_project(folder: Path, name: str) -> FirstCommit:
    """Put a new project under version control, on a branch `main`, unless something forbids it.

    Args:
        folder: Where the project lies.
        name: Its name, for the message of the commit.
    """
    if which("git") is None:
        return FirstCommit.NO_GIT
    # A repository of its own may be there: that of a fresh clone, without any commit.
    history = ("--verify", "HEAD") if (folder / ".git").exists() else ("--git-dir",)
    if _git(folder, "rev-parse", *history):
        return FirstCommit.INSIDE
    _git(folder, "init", "--initial-branch=main")
    _git(folder, "add", "--all")
    committed = _git(folder, "commit", f"--message=Start {name}")
    return FirstCommit.MADE if committed else FirstCommit.FAILED


def _git(folder: Path, *arguments: str) -> bool:
    """Run git in a folder; return whether it succeeded."""
    # Inside a hook git is told by these which repository it works on.
    inherited = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}
    finished = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607 (whichever git the person uses)
        cwd=folder,
        check=False,
        env={key: value for key, value in os.environ.items() if key not in inherited},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return finished.returncode == 0
