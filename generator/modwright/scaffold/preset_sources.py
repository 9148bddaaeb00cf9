"""Where the text of a preset comes from: from us, a file, the web, or a repository at a version."""

import os
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urljoin

from modwright.errors import UsageFailed
from modwright.git import GitFailed
from modwright.scaffold.repositories import (
    Address,
    Repository,
    fetched,
    holds_password,
    parse_address,
)
from modwright.scaffold.version import Version
from modwright.scaffold.web import WEB, NotRead, download

LARGEST_PRESET = 1_000_000  # bytes; answers need a thousandth of it
GIT = "git+"
USUAL_FILE = "preset.yml"
YAML = {".yml", ".yaml"}


class Reference(NamedTuple):
    """A preset in a repository: `git+https://host/team/standard.git@v3#python.yml`.

    Args:
        address: The repository, and perhaps the version.
        path: The file in it.
    """

    address: Address
    path: str

    def __str__(self) -> str:
        file = "" if self.path == USUAL_FILE else f"#{self.path}"
        return f"{GIT}{self.address}{file}"

    def at(self, version: str | None) -> "Reference":
        """Return the same file at another version, or at whichever is the newest."""
        return self._replace(address=self.address._replace(version=version))


def parse_reference(text: str) -> Reference | None:
    """Return what a text names, or None where that does not lie in a repository.

    Raises:
        UsageFailed: It seems to, and is not written as it has to be.
    """
    if not text.startswith(GIT):
        return None
    before, hash_, path = text.removeprefix(GIT).partition("#")
    address = parse_address(before)
    if address is None or (hash_ and not path) or not path.isprintable():
        raise UsageFailed(
            f"Preset {text}: write it as git+https://HOST/REPOSITORY.git@VERSION#FILE, of which"
            " @VERSION and #FILE may be left out; or with git+ssh."
        )
    return Reference(address, path or USUAL_FILE)


class Place(Protocol):
    """Where a preset lies; as a text, the name that people know it by."""

    def read(self) -> bytes:
        """Return what it holds; of what is too large for a preset, a little more than is allowed.

        Raises:
            UsageFailed: It cannot be read.
        """

    def beside(self, path: str) -> "Place":
        """Return the place that a path leads to from here.

        Raises:
            UsageFailed: It leads to where nothing may be read.
        """


@dataclass(frozen=True)
class InFile:
    """A file of this machine.

    Args:
        file: Where.
        name: As it was written.
        known: What it could have been meant to be: the names of our presets.
    """

    file: Path
    name: str = field(compare=False)
    known: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """Return what it holds."""
        try:
            with self.file.open("rb") as opened:
                return opened.read(LARGEST_PRESET + 1)
        except (OSError, ValueError) as error:  # a path with a zero in it is of the second kind
            if isinstance(error, FileNotFoundError) and self.known and self.file.suffix not in YAML:
                known = ", ".join(self.known)
                raise UsageFailed(
                    f"There is no preset {self.name!r}. Take one of {known}, a file, a URL or a"
                    " repository."
                ) from None
            reason = error.strerror if isinstance(error, OSError) else error
            raise UsageFailed(f"Preset {self}: {reason}.") from None

    def beside(self, path: str) -> Place:
        """Return the file that a path leads to from here."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), path))
        return replace(in_file(self.file.parent, path), name=name)


@dataclass(frozen=True)
class OnWeb:
    """A page of the web."""

    url: str

    def __str__(self) -> str:
        return self.url

    def read(self) -> bytes:
        """Return what it holds."""
        try:
            return download(self.url, LARGEST_PRESET)
        except NotRead as reason:
            raise UsageFailed(f"Preset {self}: {reason}.") from None

    def beside(self, path: str) -> Place:
        """Return the page that a path leads to from here."""
        return OnWeb(urljoin(self.url, path))


@dataclass(frozen=True)
class InRepository:
    """A file of a repository at a version. Nothing outside of the repository is ever read."""

    repository: Repository
    version: Version
    reference: Reference

    def __str__(self) -> str:
        return str(self.reference)

    def read(self) -> bytes:
        """Return what it holds."""
        content = self.repository.read(self.version, self.reference.path)
        if content is None:
            raise UsageFailed(f"Preset {self}: there is no file {self.reference.path} in it.")
        return content

    def beside(self, path: str) -> Place:
        """Return the file that a path leads to from here, in the same version."""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self.reference.path), path))
        if there.split("/")[0] in {"", ".."}:
            raise UsageFailed(f"Preset {self}: {path} leads out of the repository.")
        return InRepository(self.repository, self.version, self.reference._replace(path=there))


class Places:
    """Finds what presets name, and fetches each repository once.

    Args:
        ours: The files of our own presets, by name.
        folder: Where repositories are kept meanwhile.
    """

    def __init__(self, ours: Mapping[str, Path], folder: Path) -> None:
        self._ours = ours
        self._folder = folder
        self._fetched: dict[str, Repository] = {}

    def find(self, preset: str, beside: Callable[[str], Place]) -> Place:
        """Return where a preset lies.

        Args:
            preset: A name of ours, a path, a URL, or a reference to a repository.
            beside: Returns the place that a path leads to.

        Raises:
            UsageFailed: It names a repository, or a version, that cannot be had.
        """
        if preset in self._ours:
            return InFile(self._ours[preset], preset)
        if holds_password(preset):
            raise UsageFailed(
                "The preset's address holds a password, which projects would record. Leave it out;"
                " git has its credential helpers."
            )
        if preset.lower().startswith(WEB):
            return OnWeb(preset)
        if reference := parse_reference(preset):
            return self._in_repository(reference)
        return beside(preset)

    def _in_repository(self, reference: Reference) -> InRepository:
        repository = self._repository(reference)
        name = reference.address.version or repository.newest()
        version = repository.find(name)
        if version is None:
            raise UsageFailed(f"Preset {reference}: there is no version {name}.")
        named = reference.address.version or version.tag
        return InRepository(repository, version, reference.at(named))

    def _repository(self, reference: Reference) -> Repository:
        url = reference.address.url
        if url not in self._fetched:
            try:
                self._fetched[url] = fetched(url, self._folder / f"{len(self._fetched)}.git")
            except GitFailed as error:
                raise UsageFailed(f"Preset {reference}: it cannot be fetched: {error}.") from None
        return self._fetched[url]


def in_file(folder: Path, path: str, known: tuple[str, ...] = ()) -> InFile:
    """Return the file that a path leads to from a folder, or from a person's home."""
    there = folder / os.path.expanduser(path)  # noqa: PTH111 (no failure where nobody has a home)
    return InFile(Path(os.path.normpath(there)), path, known)
