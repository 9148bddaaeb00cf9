"""Bytecode of libraries, which environments lend each other: to compile is a third of a first run.

uv links the same files of a library into each environment, so they have the time and the size that
their bytecode names. Where they do not, Python compiles them as if there were no bytecode.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import distributions
from pathlib import Path


@contextmanager
def borrowed_bytecode(environment: Path, store: Path) -> Iterator[None]:
    """Give an environment the bytecode that others have left, and keep what it adds to that."""
    site_packages = next(iter(sorted(environment.glob("[Ll]ib*/**/site-packages"))))
    built = _built_here(site_packages)
    for compiled in _compiled(store):
        # Without its source, a folder could be imported of a library that is not there.
        if compiled.parts[0] not in built and _source(site_packages / compiled).exists():
            _link(store / compiled, site_packages / compiled)
    yield
    for compiled in _compiled(site_packages):
        if compiled.parts[0] not in built:
            _link(site_packages / compiled, store / compiled)


def _built_here(site_packages: Path) -> set[str]:
    """Return what is at the top of distributions that come from no index."""
    built = (
        distribution
        for distribution in distributions(path=[str(site_packages)])
        if distribution.read_text("direct_url.json")
    )
    return {file.parts[0] for distribution in built for file in distribution.files or ()}


def _compiled(folder: Path) -> list[Path]:
    return [file.relative_to(folder) for file in folder.rglob("__pycache__/*.pyc")]


def _source(compiled: Path) -> Path:
    return compiled.parents[1] / f"{compiled.name.partition('.')[0]}.py"


def _link(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.link(file, to)
