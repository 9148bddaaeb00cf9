"""The first commit of a new project."""

import os
import subprocess
from pathlib import Path
from shutil import which

from modwright.errors import UsageFailed
from modwright.scaffold.stage import STAGE

SECONDS_TO_WAIT = 60  # for hooks, and for a person who has to unlock a key

# Inside a hook git is told by these which repository it works on (git rev-parse --local-env-vars).
NOT_INHERITED = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
}


class NoCommit(Exception):
    """Why no commit was made; the files are there all the same."""


def demand_git() -> None:
    """Check that a commit can be made.

    Raises:
        UsageFailed: git is not installed.
    """
    if which("git") is None:
        raise UsageFailed("git is not installed. Install it, or leave --git out.")


def commit_project(folder: Path, name: str) -> None:
    """Put a new project under version control, on a branch `main`, with one commit.

    Args:
        folder: Where the project lies.
        name: Its name, for the message of the commit.

    Raises:
        NoCommit: git is not installed, refuses, or knows the folder already as part of a
            repository with a history of its own.
    """
    if which("git") is None:
        raise NoCommit("git is not installed")
    if _belongs_to_a_repository(folder):
        raise NoCommit("the folder belongs to a repository already")
    _git(folder, "init", "--initial-branch=main")
    _git(folder, "add", "--all", "--", ".", f":(exclude,top){STAGE}*")
    _git(folder, "commit", f"--message=Start {name}")


def _belongs_to_a_repository(folder: Path) -> bool:
    if (folder / ".git").exists():  # a fresh clone has no commit yet
        return _succeeds(folder, "rev-parse", "--verify", "HEAD")
    around = _succeeds(folder, "rev-parse", "--git-dir")
    return around and not _succeeds(folder, "check-ignore", "--quiet", ".")


def _succeeds(folder: Path, *arguments: str) -> bool:
    try:
        _git(folder, *arguments)
    except NoCommit:
        return False
    return True


def _git(folder: Path, *arguments: str) -> None:
    try:
        subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607 (whichever git the person uses)
            cwd=folder,
            check=True,
            env={key: value for key, value in os.environ.items() if key not in NOT_INHERITED},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS_TO_WAIT,
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr.strip() or error.stdout.strip()).splitlines()
        raise NoCommit(f"git {arguments[0]} says: {said[-1] if said else 'nothing'}") from None
    except subprocess.TimeoutExpired:
        raise NoCommit(f"git {arguments[0]} took longer than {SECONDS_TO_WAIT} s") from None
