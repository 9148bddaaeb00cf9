"""Asks git which files it ignores."""

import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


def ignored_by_git(project: Path, files: Iterable[PurePosixPath]) -> frozenset[PurePosixPath]:
    """Return the files that git ignores; none without git, or outside a repository.

    What is tracked all the same is not among them, though some build back ends leave it out.

    Args:
        project: The folder.
        files: Relative to it; they need not exist.
    """
    names = "\0".join(map(str, files))
    command = ["git", "check-ignore", "--stdin", "-z"]
    try:
        finished = subprocess.run(  # noqa: S603
            command, cwd=project, input=names.encode(), capture_output=True, check=False
        )
    except OSError:
        return frozenset()
    return frozenset(map(PurePosixPath, filter(None, finished.stdout.decode().split("\0"))))
