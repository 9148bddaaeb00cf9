"""Where the template lies, and what a project shall remember of it."""

from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path

from packaging.version import Version


@dataclass(frozen=True)
class Source:
    """A template and the name that it goes by in public.

    Args:
        root: The folder that holds `copier.yml`.
        url: The repository that a project is updated from.
        tag: The release that `root` is a copy of; None for a development version, which no
            repository can be asked for later.
    """

    root: Path
    url: str
    tag: str | None


def find_source() -> Source:
    """Return the template that belongs to this modwright."""
    about = metadata("modwright")
    urls = dict(entry.split(", ", 1) for entry in about.get_all("Project-URL") or ())
    version = Version(about["Version"])
    released = not (version.is_devrelease or version.local)
    return Source(template_root(), urls["Repository"], f"v{version}" if released else None)


def template_root() -> Path:
    """Return the folder that holds `copier.yml`: in the wheel, or else in the repository."""
    package = Path(__file__).parents[1]
    bundled = package / "bundled"
    return bundled if bundled.is_dir() else package.parents[1]
