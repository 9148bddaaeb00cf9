"""`modwright kit`: all that a classroom needs, in one file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from modwright.errors import UsageFailed
from modwright.reporting.wording import visible

PATH = click.Path(path_type=Path)


@click.command("kit")
@click.argument("project", metavar="[PRESET|PROJECT]", default="workshop")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Where to write the zip.")
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
    help="For linux, macos or windows, perhaps with a processor (windows-arm64); several times for"
    " several.  [default: all three]",
)
@click.option(
    "--installer",
    "installers",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="Put a file that installs Python into the kit.",
)
@click.option(
    "--roster",
    type=PATH,
    metavar="FILE",
    help="Make a kit for each name of a table (CSV); --output is a folder then.",
)
@click.option("--code", metavar="CODE", help="Say what a ready code means, and do nothing else.")
@click.option("--force", is_flag=True, help="Overwrite what there is.")
def command(
    project: str,
    output: Path | None,
    pythons: tuple[str, ...],
    platforms: tuple[str, ...],
    installers: tuple[Path, ...],
    roster: Path | None,
    code: str | None,
    *,
    force: bool,
) -> int:
    """Make a zip that starts a project on computers without a network.

    It holds the project, or one that a preset makes (default: workshop), all wheels that it needs,
    and starters for a double click.

    Exit codes: 0 made, 2 wrong usage, 3 the template or the answers failed, 4 a wheel cannot be
    had.
    """
    if code is not None:
        return _say_what_it_means(code)
    from modwright.kits.gathering import gather  # noqa: PLC0415
    from modwright.kits.handing_out import hand_out  # noqa: PLC0415
    from modwright.kits.making import contents, demand_installers  # noqa: PLC0415
    from modwright.kits.packing import demand_free, write_zip  # noqa: PLC0415
    from modwright.kits.roster import read_roster  # noqa: PLC0415
    from modwright.kits.subject import maker  # noqa: PLC0415
    from modwright.kits.targets import platforms_of, targets_of  # noqa: PLC0415

    if output is None:
        raise UsageFailed("Where to? Name the file with -o kit.zip.")
    demand_free(output, force=force)
    demand_installers(installers)
    platforms_of(platforms)
    people = read_roster(roster) if roster else None
    make = maker(project)
    with TemporaryDirectory() as scratch:
        subject = make({}, Path(scratch, "project"))
        targets = targets_of(platforms, pythons, subject.requires_python)
        house = gather(subject.folder, targets, Path(scratch))
        if people is None:
            write_zip(output, contents(subject, house, installers))
            _tell_of(output)
        else:
            hand_out(people, make, house, installers, output, _tell_of)
    return 0


def _tell_of(output: Path) -> None:
    click.echo(f"Made {visible(str(output))}: {output.stat().st_size / 1e6:.1f} MB.")


def _say_what_it_means(code: str) -> int:
    from modwright.kits.begin.code import NotACode, decode  # noqa: PLC0415
    from modwright.kits.telling import ready_in_words  # noqa: PLC0415

    try:
        click.echo(ready_in_words(decode(code)))
    except NotACode as error:
        raise UsageFailed(str(error)) from None
    return 0
