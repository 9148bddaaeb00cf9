"""URLs of the repository and of each code's page."""

from functools import cache
from importlib.metadata import metadata, version


def installed_version() -> str:
    """Return the version of modwright that is installed."""
    return version("modwright")


@cache  # read from a file, for each finding's page
def repository() -> str:
    """Return the address of modwright's repository, as its metadata has it."""
    entries: list[str] = metadata("modwright").get_all("Project-URL") or []
    urls = dict(entry.split(", ", 1) for entry in entries)
    return urls["Repository"].removesuffix(".git")


def page_of(code: str) -> str:
    """Return the address of the page about one code, such as MW101."""
    return f"{repository()}/blob/HEAD/docs/findings/{code}.md"
