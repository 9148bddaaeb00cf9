"""Folders as trees of git, in the object database of a project: nobody's index is touched."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.errors import UsageFailed
from modwright.git import GitFailed, git

# Trees are compared byte for byte, whatever the person's own settings make of line ends and modes.
_SETTINGS = ("core.autocrlf=false", "core.safecrlf=false", "core.fileMode=true")
AS_IT_STANDS = [word for setting in _SETTINGS for word in ("-c", setting)]
GONE = f"0 {'0' * 40}"  # the mode and the name of a file that an index shall not have any more
KEPT, MOST_KEPT = "renderings.json", 8  # trees that can be made again
NOBODY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "modwright"), ("EMAIL", "modwright@invalid"))
}


@dataclass(frozen=True)
class Checkout:
    """A project under version control.

    Args:
        project: Its folder.
        top: The folder of the repository, which may hold other projects as well.
        git_dir: The folder of git's own files, which each work tree has for itself.
        is_shallow: Whether the commits of long ago are not there.
    """

    project: Path
    top: Path
    git_dir: Path
    is_shallow: bool

    @property
    def prefix(self) -> str:
        """The project's folder in the repository: empty, or with a slash at its end."""
        inside = self.project.relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    def git(self, *arguments: str | Path, given: bytes = b"", **variables: str | Path) -> str:
        """Run git at the top of the repository."""
        return git(self.top, *arguments, given=given, **variables)

    def state(self, name: str) -> Path:
        """Return a file of ours beside git's own."""
        file = self.git_dir / "modwright" / name
        file.parent.mkdir(exist_ok=True)
        return file

    def has_begun(self, name: str) -> bool:
        """Return whether a file of git's own is there, such as MERGE_HEAD."""
        return (self.git_dir / name).exists()

    def head(self) -> str:
        """Return the commit that is checked out."""
        return self.git("rev-parse", "HEAD").strip()

    def tree(self, commit: str) -> str:
        """Return the project's tree in a commit of the repository."""
        inside = f":{self.prefix[:-1]}" if self.prefix else "^{tree}"
        return self.git("rev-parse", f"{commit}{inside}").strip()

    def tree_of(self, folder: Path) -> str:
        """Return a folder, with all that it holds, as a tree."""
        with self._index() as index:

            def there(*arguments: str) -> str:
                return git(
                    folder,
                    *AS_IT_STANDS,
                    *arguments,
                    GIT_DIR=self.git_dir,
                    GIT_INDEX_FILE=index,
                    GIT_WORK_TREE=folder,
                )

            there("add", "--all", "--force", "--", ".")
            return there("write-tree").strip()

    def files(self, tree: str) -> dict[str, str]:
        """Return each file of a tree, with its mode and the name of its content."""
        said = self.git("ls-tree", "-r", "-z", tree)
        entries = (entry.split("\t", 1) for entry in said.split("\0")[:-1])
        return {path: " ".join(about.split(" ")[::2]) for about, path in entries}

    def with_files(self, tree: str, entries: str) -> str:
        """Return a tree with some entries changed, written as for `git update-index`."""
        with self._index() as index:
            self.git("read-tree", tree, GIT_INDEX_FILE=index)
            given = entries.encode("utf-8", "surrogateescape")
            self.git("update-index", "-z", "--index-info", given=given, GIT_INDEX_FILE=index)
            return self.git("write-tree", GIT_INDEX_FILE=index).strip()

    def in_repository(self, tree: str, commit: str) -> str:
        """Return the repository's tree in a commit, with the project's replaced by another one."""
        if not self.prefix:
            return tree
        with self._index() as index:
            self.git("read-tree", commit, GIT_INDEX_FILE=index)
            self.git("rm", "-r", "--cached", "--quiet", "--", self.prefix, GIT_INDEX_FILE=index)
            self.git("read-tree", f"--prefix={self.prefix}", tree, GIT_INDEX_FILE=index)
            return self.git("write-tree", GIT_INDEX_FILE=index).strip()

    def commit_of(self, tree: str, *parents: str) -> str:
        """Return a commit that no branch knows."""
        before = [word for parent in parents for word in ("-p", parent)]
        return self.git(
            "commit-tree", tree, *before, "-m", "modwright", given=b"", **NOBODY
        ).strip()

    def work_tree(self) -> str:
        """Return the project as it lies there, with what git has not been told of yet."""
        with self._index() as index:
            with suppress(FileNotFoundError):  # nobody has checked anything out
                # With its time: by that, git knows which files it has to read again.
                shutil.copy2(self.git_dir / "index", index)
            git(self.project, "add", "--all", "--", ".", GIT_INDEX_FILE=index)
            there = (f"--prefix={self.prefix}",) if self.prefix else ()
            return self.git("write-tree", *there, GIT_INDEX_FILE=index).strip()

    def kept(self, name: str) -> str | None:
        """Return the tree that was kept under a name; git may have cleared it away since."""
        return self._kept().get(name)

    def keep(self, name: str, tree: str) -> None:
        """Keep a tree under a name, and of the others the newest. No ref holds it: git may tidy."""
        trees = {**self._kept(), name: tree}
        file = self.state(KEPT)
        new = file.with_name(f"{KEPT}.{os.getpid()}")
        new.write_text(json.dumps(dict(list(trees.items())[-MOST_KEPT:])), "utf-8")
        new.replace(file)

    def _kept(self) -> dict[str, str]:
        try:
            trees = json.loads(self.state(KEPT).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return trees if isinstance(trees, dict) else {}

    def blob(self, content: bytes) -> str:
        """Store the content of a file; return its name in the object database."""
        return self.git("hash-object", "-w", "--stdin", given=content).strip()

    def content(self, name: str) -> bytes:
        """Return what a blob holds, or a file named as `TREE:PATH`."""
        return self.git("cat-file", "blob", name).encode("utf-8", "surrogateescape")

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """Yield what each of some blobs holds."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        said = self.git("cat-file", "--batch", given=asked).encode("utf-8", "surrogateescape")
        while said:
            head, _, rest = said.partition(b"\n")
            size = int(head.split()[2])
            yield rest[:size]
            said = rest[size + 1 :]

    def diff(self, before: str, after: str, *paths: str) -> str:
        """Return what changes from one tree to another, as `git apply` takes it."""
        literal = (f":(literal){path}" for path in paths)
        return self.git("diff-tree", "-p", "--binary", "-M", before, after, "--", *literal)

    def export(self, tree: str, folder: Path) -> None:
        """Write a tree into a folder."""
        with self._index() as index:
            self.git("read-tree", tree, GIT_INDEX_FILE=index)
            there = f"--prefix={folder.as_posix()}/"
            self.git(*AS_IT_STANDS, "checkout-index", "--all", there, GIT_INDEX_FILE=index)

    @contextmanager
    def _index(self) -> Iterator[Path]:
        with TemporaryDirectory() as folder:
            yield Path(folder, "index")


def checkout(project: Path) -> Checkout:
    """Return a project's repository.

    Raises:
        UsageFailed: It has none, or no commit, or git refuses to touch it.
    """
    if not project.is_dir():
        raise UsageFailed(f"{project} is not a folder.")
    try:
        asked = ("--show-toplevel", "--absolute-git-dir", "--is-shallow-repository", "HEAD")
        told = git(project, "rev-parse", *asked).split("\n")
    except GitFailed as error:
        raise UsageFailed(
            f"{project} has no commit: {error}. Put it under version control first."
        ) from None
    try:
        top, git_dir, shallow, _, _ = told
    except ValueError:
        raise UsageFailed(f"{project}: the name of its folder holds the end of a line.") from None
    return Checkout(project.resolve(), Path(top).resolve(), Path(git_dir), shallow == "true")
