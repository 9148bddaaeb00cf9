"""A team's repository."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from modwright.git import git
from tests.conftest import WriteFiles


@dataclass(frozen=True)
class Repository:
    """A repository that presets, or a template, are taken from.

    Args:
        folder: Where it lies.
        write: Writes files into it.
    """

    folder: Path
    write: WriteFiles

    @property
    def url(self) -> str:
        """Return its address."""
        return self.folder.as_uri()

    @property
    def reference(self) -> str:
        """Return its address as presets name it."""
        return f"git+{self.url}"

    def commit(self, files: Mapping[str, str], tag: str | None = None) -> str:
        """Commit files, perhaps as a release; return the commit."""
        self.write(self.folder, files)
        git(self.folder, "add", "--all")
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        git(self.folder, *who, "commit", "--quiet", "--allow-empty", "--message=x")
        if tag:
            git(self.folder, "tag", tag)
        return git(self.folder, "rev-parse", "HEAD").strip()


MakeRepository = Callable[[str], Repository]


@pytest.fixture
def make_repository(tmp_path: Path, write_files: WriteFiles) -> MakeRepository:
    """Make an empty repository."""

    def make(name: str) -> Repository:
        folder = tmp_path / name
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
        return Repository(folder, write_files)

    return make


@pytest.fixture
def standard(make_repository: MakeRepository) -> Repository:
    """Make the repository of a team's standard."""
    return make_repository("standard")
