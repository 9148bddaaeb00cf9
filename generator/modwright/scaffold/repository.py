"""The first commit of a new project."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shutil import which

from modwright.errors import UsageFailed
from modwright.git import NOT_INHERITED
from modwright.scaffold.stage import STAGE
from modwright_check.system.processes import run_to_end

SECONDS_TO_WAIT = 60  # for hooks, and for a person who has to unlock a key


class NoCommit(Exception):
    """Why no commit was made; the files are there all the same."""


def demand_git() -> None:
    """Check that a commit can be made.

    Raises:
        UsageFailed: git is not installed.
    """
    if which("git") is None:
        raise UsageFailed("git is not installed. Install it, or leave --git out.")


def commit_project(folder: Path, name: str, files: Iterable[Path]) -> str:
    """Put a new project under version control, on a branch `main`, with one commit.

    Returns what went wrong after the commit was made, with a hook perhaps; usually nothing.

    Args:
        folder: Where the project lies.
        name: Its name, for the message of the commit.
        files: Its files, relative to the folder. They are committed whatever the person's own
            settings ignore; those settings hold for what else lies there.

    Raises:
        NoCommit: git is not installed, refuses, or knows the folder already as part of a
            repository with a history of its own.
    """
    if which("git") is None:
        raise NoCommit("git is not installed")
    if _belongs_to_a_repository(folder):
        raise NoCommit("the folder belongs to a repository already")
    if not (folder / ".git").exists():
        _git(folder, "init")
        _git(folder, "symbolic-ref", "HEAD", "refs/heads/main")  # init has no option for it in 2.27
    _git(folder, "add", "--all", "--", ".", f":(exclude,top){STAGE}*")
    _git(folder, "add", "--force", "--", *(f":(literal){file.as_posix()}" for file in files))
    try:
        _git(folder, "commit", f"--message=Start {name}")
    except NoCommit as failure:
        if not _has_history(folder):
            raise
        return str(failure)
    return ""


def _belongs_to_a_repository(folder: Path) -> bool:
    if not _is_known_to_git(folder):
        return False
    if (folder / ".git").exists():  # a fresh clone has no commit yet
        return _has_history(folder)
    return not _succeeds(folder, "check-ignore", "--quiet", ".")


def _is_known_to_git(folder: Path) -> bool:
    """Return whether a folder lies in a repository.

    Raises:
        NoCommit: It does, and git does not touch it: it belongs to somebody else, perhaps.
    """
    try:
        _git(folder, "rev-parse", "--git-dir", LC_ALL="C")
    except NoCommit as said:
        if "not a git repository" in str(said):
            return False
        raise
    return True


def _has_history(folder: Path) -> bool:
    return _succeeds(folder, "rev-parse", "--verify", "HEAD")


def _succeeds(folder: Path, *arguments: str) -> bool:
    try:
        _git(folder, *arguments)
    except NoCommit:
        return False
    return True


def _git(folder: Path, *arguments: str, **variables: str) -> None:
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    try:
        finished = run_to_end(
            ["git", *arguments], cwd=folder, env=inherited | variables, seconds=SECONDS_TO_WAIT
        )
    except subprocess.TimeoutExpired:
        raise NoCommit(f"git {arguments[0]} took longer than {SECONDS_TO_WAIT} s") from None
    if finished.returncode:
        raise NoCommit(f"git {arguments[0]} says: {_reason(finished)}")


def _reason(finished: subprocess.CompletedProcess[str]) -> str:
    """Return the line in which git names the cause, or else the last: advice follows, or a hook."""
    said = (finished.stderr.strip() or finished.stdout.strip() or "nothing").splitlines()
    causes = [line for line in said if line.startswith("fatal: ")]
    return (causes or said)[-1]
