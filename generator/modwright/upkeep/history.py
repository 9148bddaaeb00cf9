"""The commits of a template: of the bundle or the clone that is here, or of its repository."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.errors import TemplateFailed
from modwright.git import GitFailed, git, run_git
from modwright.scaffold.repositories import Repository, fetched
from modwright.scaffold.source import Source, commits
from modwright.scaffold.version import TEMPLATE, Version


@dataclass(frozen=True)
class History:
    """A repository of a template.

    Args:
        repository: A copy of it.
        url: The name that it goes by in public.
        own: The version that this modwright has, where its own history is this one.
        parts: What of a commit is the template; empty for all of it.
    """

    repository: Repository
    url: str
    own: Version | None
    parts: tuple[str, ...] = ()
    _found: dict[str, Version | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_whole(self) -> bool:
        """Whether it was fetched just now, so that what it lacks is nowhere."""
        return self.own is None

    def find(self, name: str) -> Version | None:
        """Return the commit that a tag, a branch or a hash names, if it is there."""
        if name not in self._found:
            self._found[name] = self.repository.find(name)
        return self._found[name]

    def get(self, name: str) -> Version:
        """Return the commit that a name stands for.

        Raises:
            TemplateFailed: It is not there.
        """
        version = self.find(name)
        if version is None:
            raise TemplateFailed(f"{self.url} has no version {name}.")
        return version

    @cached_property
    def newest(self) -> Version:
        """What to update to: this modwright's own version, the highest release, or HEAD."""
        if self.own:
            return self.own
        return self.get(self.repository.newest())

    def is_older(self, version: Version, than: Version) -> bool:
        """Return whether a version lies before another one, as far as this history tells."""
        if version.commit == than.commit:
            return False
        asked = ("merge-base", "--is-ancestor", version.commit, than.commit)
        return run_git(self.repository.folder, *asked).returncode == 0

    def export(self, version: Version, folder: Path) -> None:
        """Write the template as it was then into a folder."""
        self.repository.export(version, folder, *self.parts)

    def reason(self, line: str, before: Version, after: Version) -> str:
        """Return the subject of the commit that brought a line, or an empty text."""
        between = f"{before.commit}..{after.commit}"
        found = run_git(
            self.repository.folder, "log", "--format=%s", f"-S{line}", "--reverse", "-1", between
        )
        return found.stdout.strip()


@contextmanager
def open_history(url: str, wanted: list[str], source: Source) -> Iterator[History]:
    """Open the history of a template, here if that holds some versions, or else far away.

    What this modwright has with it needs no network.

    Args:
        url: The template's repository.
        wanted: Names of versions.
        source: This modwright's own template.

    Raises:
        TemplateFailed: The repository cannot be had.
    """
    with TemporaryDirectory() as folder:
        own = _same(url, source.url)
        parts = TEMPLATE if own else ()
        lacking: list[str] = []
        if own and (here := _here(source, Path(folder, "here.git"))):
            history = History(Repository(here, url), url, source.version, parts)
            if all(map(history.find, wanted)):
                yield history
                return
            lacking = [name for name in wanted if not history.find(name)]
        yield History(_fetched(url, Path(folder, "template.git"), lacking), url, None, parts)


def _same(url: str, other: str) -> bool:
    return url.removesuffix("/").removesuffix(".git") == other.removesuffix(".git")


def _here(source: Source, into: Path) -> Path | None:
    """Return the repository that came with this modwright."""
    there = commits(source.root)
    if source.version is None:
        return None
    if there.is_dir():
        return there
    git(into.parent, "clone", "--quiet", "--bare", "--", there, into)
    return into


def _fetched(url: str, into: Path, lacking: list[str]) -> Repository:
    try:
        return fetched(url, into)
    except GitFailed as error:
        advice = f" This modwright does not hold {lacking[0]}; a newer one may." if lacking else ""
        raise TemplateFailed(f"{url} cannot be fetched: {error}.{advice}") from None
