"""One change of a project, as a whole: one commit, or conflicts that wait for a person.

What is under way is written down beside git's own files before the first file of the project is
touched, so that whatever ends this program, `--abort` brings back what was there.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from modwright.errors import UsageFailed
from modwright.git import GitFailed
from modwright.upkeep.hunks import USUAL
from modwright.upkeep.merging import Stage
from modwright.upkeep.record import ANSWERS_FILE
from modwright.upkeep.trees import GONE, Checkout
from modwright_check.system.locks import hold
from modwright_check.system.signals import uninterrupted

BACKUP = "refs/worktree/modwright"  # of this work tree alone
FILE = "operation.json"
LOCK = "index.lock"  # of git, while it changes its index
WAYS_ON = (
    "Go on with `modwright update --continue`, or take it back with `modwright update --abort`."
)
# What git itself has begun, by the file that tells: a commit of ours would end it.
UNDER_WAY = {
    "MERGE_HEAD": "A merge",
    "CHERRY_PICK_HEAD": "A cherry-pick",
    "REVERT_HEAD": "A revert",
    "rebase-merge": "A rebase",
    "rebase-apply": "A rebase",
    "BISECT_LOG": "A bisection",
}


@dataclass(frozen=True)
class Operation:
    """What is done to a project.

    Args:
        message: Of the commit.
        head: The commit before.
        tree: The repository's tree afterwards.
        stages: Of files in conflict.
        dirt: The answers file as it lay there, where it was not as in the commit.
    """

    message: str
    head: str
    tree: str
    stages: tuple[Stage, ...] = ()
    dirt: str | None = None

    @property
    def in_conflict(self) -> list[str]:
        """The files, relative to the project."""
        return sorted({stage.path for stage in self.stages})


@contextmanager
def alone(checkout: Checkout) -> Iterator[None]:
    """Let no other operation on this repository run at the same time.

    Raises:
        UsageFailed: Another one is at work.
    """
    with checkout.state("lock").open("ab") as lock:
        if not hold(lock):
            raise UsageFailed(f"Another modwright is at work on {checkout.top}.")
        yield


def under_way(checkout: Checkout) -> Operation | None:
    """Return the operation that was begun and neither ended nor taken back."""
    file = checkout.state(FILE)
    try:
        content = json.loads(file.read_text("utf-8"))
        content["stages"] = tuple(Stage(**stage) for stage in content["stages"])
        operation = Operation(**content)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        raise UsageFailed(
            f"{file} cannot be read, so nobody knows what was under way. The commit before is"
            f" {BACKUP}: compare with `git diff {BACKUP}`, and remove that file."
        ) from None
    if checkout.head() != operation.head:  # it is committed, by a person perhaps
        _forget(checkout)
        return None
    return operation


def settle_what_was_left(checkout: Checkout) -> str | None:
    """Take back an operation that was killed; return what was done, in words.

    Raises:
        UsageFailed: One waits for a person, or a person has changed its files since.
    """
    operation = under_way(checkout)
    if operation is None:
        return None
    if operation.stages:
        raise UsageFailed(
            f"{operation.message!r} waits for its conflicts to be resolved. {WAYS_ON}"
        )
    if edited := _edited(checkout, operation):
        raise UsageFailed(
            f"{operation.message!r} was cut off, and {edited[0]} has been changed since. {WAYS_ON}"
        )
    take_back(checkout)
    return f"{operation.message!r} was cut off by something, and has been taken back."


def demand_none_waits(checkout: Checkout) -> None:
    """Check that no operation has been begun and neither ended nor taken back.

    Raises:
        UsageFailed: One has.
    """
    if checkout.state(FILE).exists():
        raise UsageFailed(f"A change of {checkout.top} is under way. {WAYS_ON}")


def demand_clean(checkout: Checkout) -> None:
    """Check that everything in the repository is committed.

    Files that git does not know are not looked at, nor is the answers file: Renovate writes the new
    version into it before it calls anybody.

    Raises:
        UsageFailed: Something is not.
    """
    for name, what in UNDER_WAY.items():
        if checkout.has_begun(name):
            raise UsageFailed(f"{what} is under way in {checkout.top}. End it first.")
    if checkout.has_begun(LOCK):
        raise UsageFailed(
            f"Another git is at work in {checkout.top}, or was killed: then remove"
            f" {checkout.git_dir / LOCK}."
        )
    options = ("--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=dirty")
    said = checkout.git("status", *options)
    changed = [
        entry[3:] for entry in said.split("\0") if entry[3:] not in {"", _answers_path(checkout)}
    ]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise UsageFailed(f"{changed[0]}{more}: not committed. Commit or stash the changes first.")


def demand_room(checkout: Checkout, operation: Operation) -> None:
    """Check that no file which git does not know stands in the way.

    Raises:
        UsageFailed: One does.
    """
    known = checkout.files(operation.head)
    for path in _paths(checkout, operation, "A"):
        for place in (path, *map(str, PurePosixPath(path).parents[:-1])):
            there = checkout.top / place
            is_folder = there.is_dir() and not there.is_symlink()
            if place not in known and os.path.lexists(there) and (place == path or not is_folder):
                raise UsageFailed(
                    f"{place} stands in the way of a file of the template, and git does not know"
                    " it. Commit it, move it or remove it."
                )


def begin(checkout: Checkout, operation: Operation, *, commits: bool = True) -> str | None:
    """Write the files of an operation; commit them unless some are in conflict.

    Args:
        checkout: The project.
        operation: What is done to it.
        commits: Whether to commit; otherwise what is changed is staged, and whoever called goes on.

    Returns:
        The commit.

    Raises:
        UsageFailed: git or a hook has refused to commit; the operation waits.
    """
    with uninterrupted():
        _write_down(checkout, operation)
        try:
            _write_files(checkout, operation)
        except GitFailed:
            take_back(checkout)
            raise
        if not commits:
            _forget(checkout)
            return None
    return None if operation.stages else _commit(checkout, operation)


def go_on(checkout: Checkout) -> tuple[Operation, str]:
    """Commit an operation whose conflicts a person has resolved.

    Raises:
        UsageFailed: None is under way, or markers are left.
    """
    operation = _demand_one(checkout)
    if left := list(_markers(checkout, operation)):
        raise UsageFailed(f"Still in conflict: {', '.join(left)}.")
    for path in operation.in_conflict:
        there = os.path.lexists(checkout.project / path)
        settled = "--add" if there else "--force-remove"
        checkout.git("update-index", settled, "--", f"{checkout.prefix}{path}")
    return operation, _commit(checkout, operation)


def take_back(checkout: Checkout) -> Operation:
    """Bring back every file that an operation has changed.

    Raises:
        UsageFailed: None is under way.
    """
    operation = _demand_one(checkout)
    with uninterrupted():
        # Whatever has killed this program may have killed git too, which then leaves its lock.
        (checkout.git_dir / LOCK).unlink(missing_ok=True)
        touched = {*_paths(checkout, operation, "ADMT"), *_in_conflict(checkout, operation)}
        before = touched & {*checkout.files(operation.head)}
        for path in touched - before:
            checkout.git("update-index", "--force-remove", "--", path)
            _remove(checkout.top, path)
        if before:
            literal = (f":(literal){path}" for path in before)
            checkout.git("checkout", "--quiet", operation.head, "--", *literal)
        if operation.dirt is not None:
            answers = checkout.top / _answers_path(checkout)
            answers.write_bytes(operation.dirt.encode("utf-8", "surrogateescape"))
        _forget(checkout)
    return operation


def _demand_one(checkout: Checkout) -> Operation:
    operation = under_way(checkout)
    if operation is None:
        raise UsageFailed("Nothing is under way that could be gone on with or taken back.")
    return operation


def _write_down(checkout: Checkout, operation: Operation) -> None:
    file = checkout.state(FILE)
    new = file.with_suffix(".new")
    new.write_text(json.dumps(asdict(operation)), "utf-8")
    new.replace(file)
    checkout.git("update-ref", BACKUP, operation.head)


def _write_files(checkout: Checkout, operation: Operation) -> None:
    if operation.dirt is not None:
        checkout.git("checkout", "--quiet", "HEAD", "--", _answers_path(checkout))
    checkout.git("update-index", "-q", "--refresh")
    checkout.git("read-tree", "-m", "-u", "HEAD", operation.tree)
    if operation.stages:
        entries = _index_entries(checkout, operation)
        checkout.git("update-index", "-z", "--index-info", given=entries)


def _forget(checkout: Checkout) -> None:
    checkout.git("update-ref", "-d", BACKUP)
    checkout.state(FILE).unlink()


def _commit(checkout: Checkout, operation: Operation) -> str:
    try:
        checkout.git("commit", "--quiet", f"--message={operation.message}")
    except GitFailed as error:
        raise UsageFailed(
            f"The files are changed and staged, but {error}. Mend it. {WAYS_ON}"
        ) from None
    commit = checkout.head()
    _forget(checkout)
    return commit


def _paths(checkout: Checkout, operation: Operation, kinds: str) -> list[str]:
    """Return the files that an operation adds, deletes or modifies (A, D, M; T: another type)."""
    options = ("-r", "-z", "--no-renames", "--name-only", f"--diff-filter={kinds}")
    said = checkout.git("diff-tree", *options, operation.head, operation.tree)
    return [path for path in said.split("\0") if path]


def _edited(checkout: Checkout, operation: Operation) -> list[str]:
    """Return the files of an operation that are neither as they were nor as it leaves them."""
    there = checkout.files(checkout.work_tree())
    sides = [checkout.files(checkout.tree(side)) for side in (operation.head, operation.tree)]
    touched = {path for side in sides for path in side if sides[0].get(path) != sides[1].get(path)}
    return sorted(
        path
        for path in touched & there.keys() - {str(ANSWERS_FILE)}
        if there[path] not in {side.get(path) for side in sides}
    )


def _in_conflict(checkout: Checkout, operation: Operation) -> list[str]:
    """Return the files in conflict, relative to the repository."""
    return [f"{checkout.prefix}{path}" for path in operation.in_conflict]


def _index_entries(checkout: Checkout, operation: Operation) -> bytes:
    """Return the stages of files in conflict, as git itself would have them in its index."""
    removed = (f"{GONE}\t{path}\0" for path in _in_conflict(checkout, operation))
    staged = (
        f"{stage.mode} {stage.blob} {stage.number}\t{checkout.prefix}{stage.path}\0"
        for stage in operation.stages
    )
    return "".join([*removed, *staged]).encode("utf-8", "surrogateescape")


def _markers(checkout: Checkout, operation: Operation) -> Iterator[str]:
    """Yield the places of markers that are left."""
    mark = re.compile(rb"(<{%d}|\|{%d}|>{%d}) " % (USUAL, USUAL, USUAL))
    for path in operation.in_conflict:
        with suppress(FileNotFoundError, IsADirectoryError):
            content = (checkout.project / path).read_bytes()
            for number, line in enumerate(content.splitlines(), 1):
                if mark.match(line):
                    yield f"{path}:{number}"


def _answers_path(checkout: Checkout) -> str:
    return f"{checkout.prefix}{ANSWERS_FILE}"


def _remove(top: Path, path: str) -> None:
    """Remove a file, and the folders that only it has kept."""
    with suppress(FileNotFoundError):
        (top / path).unlink()
    for folder in (top / path).relative_to(top).parents[:-1]:
        try:
            (top / folder).rmdir()
        except OSError:
            return
