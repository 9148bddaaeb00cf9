"""Repositories of others: how they are written, fetched, and read at a version."""

import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from packaging.version import InvalidVersion
from packaging.version import Version as Release

from modwright.git import git, run_git
from modwright.scaffold.version import Version

# What git may fetch by: an address is data, and `ext::` would run a program.
PROTOCOLS = "file:git:http:https:ssh"
SECONDS_TO_WAIT = "20"  # for a server that sends next to nothing

# An @ belongs to the address in `ssh://git@host/...` and in `https://host/@team/...`.
_ADDRESS = re.compile(
    r"(?P<url>(?:file|git|https?|ssh)://[^/\s]*/[^#\s]+?)(?:(?<!/)@(?P<version>[^@#\s]+))?"
)


class Address(NamedTuple):
    """A repository, and perhaps a version of it: `https://host/team/thing.git@v3`.

    Args:
        url: As git takes it.
        version: A tag, a branch or a hash; None for the newest.
    """

    url: str
    version: str | None

    def __str__(self) -> str:
        return self.url + (f"@{self.version}" if self.version else "")


def parse_address(text: str) -> Address | None:
    """Return what a text names, or None where that is not a repository."""
    found = _ADDRESS.fullmatch(text)
    return Address(found["url"], found["version"]) if found and text.isprintable() else None


def holds_password(address: str) -> bool:
    """Return whether an address tells a password, which no project should record."""
    return bool(re.match(r"\S+?://[^/@]*:[^/@]*@", address))


@dataclass(frozen=True)
class Repository:
    """A copy of a repository.

    Args:
        folder: In which git finds it.
        url: Where it was fetched from.
    """

    folder: Path
    url: str

    def find(self, name: str) -> Version | None:
        """Return the commit that a tag, a branch or a hash names, if it is there."""
        asked = ("rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")
        found = run_git(self.folder, *asked)
        if found.returncode:
            return None
        commit = found.stdout.strip()
        tags = [tag for tag in self._tags("--points-at", commit) if release(tag)]
        return Version(commit, tags[-1] if tags else None, changed=False)

    def newest(self) -> str:
        """Return the name of the highest release, of the stable ones if there are any, or HEAD."""
        releases = [(known, tag) for tag in self._tags() if (known := release(tag))]
        stable = [pair for pair in releases if not pair[0].is_prerelease]
        return max(stable or releases, default=(None, "HEAD"))[1]

    def read(self, version: Version, path: str) -> bytes | None:
        """Return what a file held then, by way of links inside the repository; or None."""
        asked = f"{version.commit}:{path}\n".encode()
        said = run_git(self.folder, "cat-file", "--batch", "--follow-symlinks", given=asked)
        header, _, rest = said.stdout.partition("\n")
        found = re.fullmatch(r"[0-9a-f]+ blob ([0-9]+)", header)
        return rest.encode("utf-8", "surrogateescape")[: int(found[1])] if found else None

    def export(self, version: Version, folder: Path, *parts: str) -> None:
        """Write all files as they were then into a folder, or parts of them that were there."""
        archive = folder.with_suffix(".tar")
        there = git(self.folder, "ls-tree", "-z", "--name-only", version.commit).split("\0")
        wanted = [part for part in parts if part in there]
        git(self.folder, "archive", "--output", archive, version.commit, *wanted)
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")

    def _tags(self, *which: str) -> list[str]:
        return git(self.folder, "tag", "--list", *which).split()


def fetched(url: str, into: Path) -> Repository:
    """Fetch a repository into a folder that is not there yet.

    Raises:
        GitFailed: It cannot be had.
    """
    clone = ("clone", "--quiet", "--bare", "--", url, into)
    _ask(into.parent, *clone)
    return Repository(into, url)


def has_branch(address: Address) -> bool:
    """Return whether the version that an address names is a branch there.

    Raises:
        GitFailed: The repository cannot be asked.
    """
    if address.version is None:
        return False
    asked = ("ls-remote", "--heads", "--", address.url, f"refs/heads/{address.version}")
    return bool(_ask(Path(), *asked))


def _ask(folder: Path, *arguments: str | Path) -> str:
    """Run git where it asks a server."""
    return git(
        folder,
        *arguments,
        GIT_ALLOW_PROTOCOL=PROTOCOLS,
        GIT_HTTP_LOW_SPEED_LIMIT="100",
        GIT_HTTP_LOW_SPEED_TIME=SECONDS_TO_WAIT,
    )


def release(tag: str) -> Release | None:
    """Return the version that a tag names by the rules of PEP 440, if it does."""
    try:
        return Release(tag)
    except InvalidVersion:
        return None
