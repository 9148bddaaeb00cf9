"""git, as this program uses it: on the folder that is named, and asking nobody anything."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from modwright.errors import Failed

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


class GitFailed(Failed):
    """git has refused, in its own words."""

    exit_code = 2


def git(folder: Path, *arguments: str | Path, given: bytes = b"", **variables: str | Path) -> str:
    """Run git in a folder; return what it has printed.

    Args:
        folder: Where it runs.
        arguments: What it shall do.
        given: What it reads from stdin.
        variables: Of its environment, besides those that this process has.

    Raises:
        GitFailed: It is not installed, or has ended with another exit code than 0.
    """
    finished = run_git(folder, *arguments, given=given, **variables)
    if finished.returncode:
        raise GitFailed(f"git {_command(arguments)} says: {_reason(finished)}")
    return finished.stdout


def run_git(
    folder: Path, *arguments: str | Path, given: bytes = b"", **variables: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run git, whatever its exit code. Bytes that are not UTF-8, as names of files may hold, stay.

    Raises:
        GitFailed: It is not installed.
    """
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    spoken = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        finished = subprocess.run(  # noqa: S603
            ["git", *map(str, arguments)],  # noqa: S607 (the user's own git)
            cwd=folder,
            env=inherited | spoken | {name: str(value) for name, value in variables.items()},
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitFailed("git is not installed") from None
    except ValueError as error:  # what a file tells, no system can hand to a program
        raise GitFailed(f"git {_command(arguments)}: {error}") from None
    texts = (text.decode("utf-8", "surrogateescape") for text in (finished.stdout, finished.stderr))
    return subprocess.CompletedProcess(finished.args, finished.returncode, *texts)


def _command(arguments: Sequence[str | Path]) -> str | Path:
    """Return what git is to do, after the settings that it is given."""
    first = next(place for place, word in enumerate(arguments[::2]) if word != "-c")
    return arguments[2 * first]


def _reason(finished: subprocess.CompletedProcess[str]) -> str:
    """Return the line in which git names the cause, or else the last: advice follows, or a hook."""
    said = (finished.stderr.strip() or finished.stdout.strip() or "nothing").splitlines()
    causes = [line for line in said if line.startswith(("error: ", "fatal: "))]
    return causes[0] if causes else said[-1]
