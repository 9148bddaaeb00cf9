"""The template that a preset wants: this modwright's own, or a team's fork of it."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.errors import TemplateFailed, UsageFailed
from modwright.git import GitFailed
from modwright.scaffold.repositories import Address, fetched, parse_address
from modwright.scaffold.source import Source, find_source


@contextmanager
def template_of(fork: str | None) -> Iterator[Source]:
    """Yield the template at an address, fetched for the meantime; without one, our own.

    Raises:
        UsageFailed: This is not an address.
        TemplateFailed: There is no template.
    """
    if fork is None:
        yield find_source()
        return
    address = parse_address(fork)
    if address is None:
        raise UsageFailed(f"{fork} is not the address of a repository.")
    with TemporaryDirectory() as folder:
        yield _fetched(address, Path(folder))


def _fetched(address: Address, folder: Path) -> Source:
    root = folder / "template"
    try:
        repository = fetched(address.url, folder / "template.git")
        name = address.version or repository.newest()
        version = repository.find(name)
        if version is None:
            raise TemplateFailed(f"The template {address.url} has no version {name}.")
        repository.export(version, root)
    except (GitFailed, tarfile.TarError) as error:
        raise TemplateFailed(f"The template {address} cannot be fetched: {error}.") from None
    if not (root / "copier.yml").is_file():
        raise TemplateFailed(f"The template {address} has no copier.yml, so it is not a template.")
    return Source(root, address.url, version)
