"""Where the template lies, and what a project shall remember of it."""

from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path

from modwright.scaffold.version import Version, checked_out, read_version


@dataclass(frozen=True)
class Source:
    """A template and the name that it goes by in public.

    Args:
        root: The folder that holds `copier.yml`.
        url: The repository that a project is updated from.
        version: The commit that `root` is a copy of; None where nobody knows, as in an archive of
            the files alone.
    """

    root: Path
    url: str
    version: Version | None


def find_source() -> Source:
    """Return the template that belongs to this modwright."""
    urls = dict(
        entry.split(", ", 1) for entry in metadata("modwright").get_all("Project-URL") or ()
    )
    root = template_root()
    bundled = read_version(root / "history" / "version.json")
    return Source(root, urls["Repository"], bundled or checked_out(root))


def template_root() -> Path:
    """Return the folder that holds `copier.yml`: in the wheel, or else in the repository."""
    package = Path(__file__).parents[1]
    bundled = package / "bundled"
    return bundled if bundled.is_dir() else package.parents[1]


def commits(root: Path) -> Path:
    """Return what git can be asked for the commits before: a bundle in the wheel, or the clone."""
    bundle = root / "history" / "commits.bundle"
    return bundle if bundle.exists() else root
