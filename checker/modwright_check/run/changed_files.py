"""Asks git which files of a project have changed."""

import os
from pathlib import Path, PurePosixPath

from modwright_check.model.errors import UsageFailed
from modwright_check.system.processes import run_to_end

_OPTION = "--changed-since"


def changed_files(project: Path | None, revision: str) -> frozenset[PurePosixPath]:
    """Return the files of a project that differ from those of an earlier commit.

    That is the commit where the work has branched off (git's merge base), so that what others have
    done since then does not count. What is not committed yet counts, new files among it.

    Args:
        project: The folder; None when there is only a wheel.
        revision: A branch, a tag or a commit, as git knows it.

    Returns:
        Paths relative to the folder. What has changed outside of it is left out.

    Raises:
        UsageFailed: The folder is not in a repository of git, git is not installed, or it does not
            know the commit, or none that both have in common.
    """
    if project is None:
        raise UsageFailed(f"{_OPTION}: a wheel has no history. Name the project's folder.")
    # What begins with a dash would be an option.
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    if commit is None:
        if _git(project, "rev-parse", "--git-dir") is None:
            raise UsageFailed(f"{_OPTION}: {project} is not in a repository of git.")
        raise UsageFailed(f"{_OPTION} {revision}: git knows no such commit.")
    base = _git(project, "merge-base", commit.strip(), "HEAD")
    if base is None:
        raise UsageFailed(
            f"{_OPTION} {revision}: git knows no commit that it has in common with HEAD. In CI, "
            "fetch the history (fetch-depth: 0)."
        )
    # Without renames, a file is gone under its old name and new under the other.
    names = ("diff", "--name-only", "--no-renames", "--relative", "-z", base.strip(), "--", ".")
    new = ("ls-files", "--others", "--exclude-standard", "-z")
    listed = (_git(project, *names) or "") + (_git(project, *new) or "")
    return frozenset(map(PurePosixPath, filter(None, listed.split("\0"))))


def _git(project: Path, *arguments: str) -> str | None:
    """Return what git has written; None when it has failed."""
    try:
        finished = run_to_end(["git", *arguments], cwd=project, env=os.environ)
    except OSError:
        raise UsageFailed(f"{_OPTION}: git is not installed.") from None
    return finished.stdout if finished.returncode == 0 else None
