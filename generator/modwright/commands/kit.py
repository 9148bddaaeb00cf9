"""`modwright kit`: all that a classroom needs, in one file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from modwright.errors import UsageFailed


@click.command("kit")
@click.argument("project", metavar="[PRESET|PROJECT]", default="workshop")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it."
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="VERSION",
    help="For this Python; several times for several.  [default: all that the project admits]",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME",
    help="For this platform: linux, macos, windows, or one of them with a processor"
    " (windows-arm64).  [default: all three]",
)
@click.option(
    "--installer",
    "installers",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Put a file that installs Python into the kit.",
)
@click.option("--force", is_flag=True, help="Overwrite what there is.")
def command(
    project: str,
    output: Path | None,
    pythons: tuple[str, ...],
    platforms: tuple[str, ...],
    installers: tuple[Path, ...],
    *,
    force: bool,
) -> int:
    """Make a zip that starts a project on computers without a network.

    It holds the project, or one that a preset makes (default: workshop), all wheels that it needs,
    and starters for a double click.

    Exit codes: 0 made, 2 wrong usage, 3 the template or the answers failed, 4 a wheel cannot be
    had.
    """
    from rich.console import Console  # noqa: PLC0415

    from modwright.kits.downloading import Cache, download  # noqa: PLC0415
    from modwright.kits.making import Wheelhouse, contents, demand_installers  # noqa: PLC0415
    from modwright.kits.own import own_requirements, own_wheel  # noqa: PLC0415
    from modwright.kits.packing import write_zip  # noqa: PLC0415
    from modwright.kits.resolving import resolve  # noqa: PLC0415
    from modwright.kits.subject import (  # noqa: PLC0415
        is_project,
        project_in,
        project_of_preset,
    )
    from modwright.kits.targets import Target, platforms_of, pythons_of  # noqa: PLC0415
    from modwright.kits.telling import downloading, show_matrix  # noqa: PLC0415

    if output is None:
        raise UsageFailed("Where to? Name the file with -o kit.zip.")
    _demand_free(output, force=force)
    demand_installers(installers)
    chosen = platforms_of(platforms)
    console, progress = Console(highlight=False), Console(stderr=True)
    with TemporaryDirectory() as scratch:
        subject = (
            project_in(Path(project))
            if is_project(project)
            else project_of_preset(project, {}, Path(scratch))
        )
        targets = [
            Target(platform, python)
            for platform in chosen
            for python in pythons_of(pythons, subject.requires_python)
        ]
        cache = Cache()
        own = own_wheel(Path(scratch))
        resolved = resolve(subject.folder, own_requirements(), targets)
        wheels = {wheel for given in resolved.values() for wheel in given}
        lacking = cache.lacks(wheels)
        given = {target: [*found, own] for target, found in resolved.items()}
        show_matrix(given, lacking, console)
        with downloading(lacking, progress) as advance:
            download(lacking, cache, advance)
        files = {wheel: cache.file(wheel) for wheel in wheels} | {own: Path(scratch, own.name)}
        write_zip(output, contents(subject, Wheelhouse(given, files), installers))
    console.print(f"Made {output}: {output.stat().st_size / 1e6:.1f} MB.", markup=False)
    return 0


def _demand_free(output: Path, *, force: bool) -> None:
    if output.is_dir():
        raise UsageFailed(f"{output} is a folder. Name a file.")
    if output.exists() and not force:
        raise UsageFailed(f"{output} is there already. Name another file, or use --force.")
    if not output.absolute().parent.is_dir():
        raise UsageFailed(f"{output.parent} is not a folder.")
