"""The wheels of a kit: resolved, shown, and only then downloaded."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from modwright.kits.downloading import Cache, download
from modwright.kits.making import Wheelhouse
from modwright.kits.own import own_requirements, own_wheel
from modwright.kits.pyodide import bring
from modwright.kits.resolving import resolve
from modwright.kits.targets import Target
from modwright.kits.telling import counting, downloading, show_matrix


def gather(
    project: Path, targets: Sequence[Target], folder: Path, *, for_browsers: bool = False
) -> Wheelhouse:
    """Bring all wheels that a project needs, with modwright itself.

    Args:
        project: Its folder.
        targets: The computers that it shall start on.
        folder: Receives the wheel of modwright.
        for_browsers: Whether to bring Python for browsers, too.

    Raises:
        EnvironmentFailed: A wheel cannot be had, or that Python.
    """
    own = own_wheel(folder)
    progress = Console(stderr=True)
    with counting("Looking for wheels", progress) as tell:
        resolved = resolve(project, own_requirements(), targets, tell)
    given = {target: [*wheels, own] for target, wheels in resolved.items()}
    cache = Cache()
    files = {wheel: cache.file(wheel) for wheels in resolved.values() for wheel in wheels}
    lacking = cache.lacks(files)
    show_matrix(given, lacking, Console(highlight=False), for_browsers=for_browsers)
    if lacking:
        with downloading(lacking, progress) as advance:
            download(lacking, cache, advance)
    house = Wheelhouse(given, files | {own: folder / own.name})
    if not for_browsers:
        return house
    with progress.status("Bringing Pyodide"):
        return replace(house, pyodide=bring())
