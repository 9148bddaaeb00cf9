"""Which commit a copy of the template is of. Any commit is a version, a tag only its name.

`hatch_build.py` writes this down while a distribution is built, so nothing but Python's own library
is imported here.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from modwright.git import GitFailed, git

TEMPLATE = ("copier.yml", "includes", "template")
RELEASES = "v[0-9]*"


@dataclass(frozen=True)
class Version:
    """A commit of the template's repository.

    Args:
        commit: Its full hash.
        tag: The release that it is.
        changed: Whether the copy is not quite that commit: somebody was at work on it.
    """

    commit: str
    tag: str | None
    changed: bool

    @property
    def name(self) -> str:
        """What a project records, and a later version of the repository can find again."""
        return self.tag or self.commit


def checked_out(repository: Path) -> Version | None:
    """Return the version that a clone has checked out; None where there is no clone, or no git."""
    if not (repository / ".git").exists():  # a folder inside of another repository, perhaps
        return None
    try:
        commit = git(repository, "rev-parse", "HEAD").strip()
        tags = git(repository, "tag", "--points-at", "HEAD", "--list", RELEASES).split()
        changes = git(repository, "status", "--porcelain", "--", *TEMPLATE)
    except GitFailed:
        return None
    return Version(commit, tags[-1] if tags else None, changed=bool(changes))


def read_version(file: Path) -> Version | None:
    """Return the version that was written into a distribution, if any was."""
    if not file.exists():
        return None
    return Version(**json.loads(file.read_text("utf-8")))


def write_version(version: Version, file: Path) -> None:
    """Write a version into a distribution."""
    file.write_text(json.dumps(asdict(version)) + "\n", "utf-8")
