"""`modwright kit`: all that a classroom needs, in one file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from modwright.errors import UsageFailed
from modwright_check.model.wording import visible

PATH = click.Path(path_type=Path)


@click.command("kit")
@click.argument("project", metavar="[PRESET|PROJECT]", default="workshop")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Where to write the zip.")
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="VERSION",
    help="For this Python; may be repeated.  [default: all that the project admits]",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME",
    help="For linux, macos or windows, with an optional processor (windows-arm64);"
    " may be repeated.  [default: all three]",
)
@click.option(
    "--installer",
    "installers",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="Include an installer of Python.",
)
@click.option(
    "--browser", is_flag=True, help="Add a page on which the course is done in a browser."
)
@click.option(
    "--roster",
    type=PATH,
    metavar="FILE",
    help="Make a kit for each person in a table (CSV); --output is then a folder.",
)
@click.option(
    "--collect",
    "handed_in",
    type=PATH,
    metavar="FOLDER",
    help="Check submissions (folders or zips) instead of making a kit.",
)
@click.option("--csv", type=PATH, metavar="FILE", help="Write the results of --collect as a table.")
@click.option("--html", type=PATH, metavar="FILE", help="Write the results of --collect as a page.")
@click.option("--code", metavar="CODE", help="Explain a ready code, and do nothing else.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def command(
    project: str,
    output: Path | None,
    pythons: tuple[str, ...],
    platforms: tuple[str, ...],
    installers: tuple[Path, ...],
    roster: Path | None,
    handed_in: Path | None,
    csv: Path | None,
    html: Path | None,
    code: str | None,
    *,
    browser: bool,
    force: bool,
) -> int:
    """Make a zip that starts a project on computers without a network.

    It holds the project, or one that a preset makes (default: workshop), all wheels that it needs,
    and starters for a double click.

    Exit codes: 0 made, 2 wrong usage, 3 the template or the answers failed, 4 a wheel, or Python
    for browsers, cannot be had.
    """
    if code is not None:
        return _say_what_it_means(code)
    if handed_in is not None:
        return _collect(handed_in, project, csv, html, force=force)
    if csv or html:
        raise UsageFailed("--csv and --html need --collect.")
    from rich.console import Console  # noqa: PLC0415

    from modwright.kits.gathering import gather  # noqa: PLC0415
    from modwright.kits.handing_out import hand_out  # noqa: PLC0415
    from modwright.kits.in_browser import demand_course  # noqa: PLC0415
    from modwright.kits.making import contents, demand_installers  # noqa: PLC0415
    from modwright.kits.packing import demand_free, write_zip  # noqa: PLC0415
    from modwright.kits.roster import read_roster  # noqa: PLC0415
    from modwright.kits.subject import maker  # noqa: PLC0415
    from modwright.kits.targets import platforms_of, targets_of  # noqa: PLC0415
    from modwright.kits.telling import counting  # noqa: PLC0415

    if output is None:
        raise UsageFailed("Name the file to write, for example -o kit.zip.")
    demand_free(output, force=force, is_folder=roster is not None)
    demand_installers(installers)
    platforms_of(platforms)
    people = read_roster(roster) if roster else None
    make = maker(project)
    with TemporaryDirectory() as scratch:
        subject = make({}, Path(scratch, "project"))
        if browser:
            demand_course(subject)
        targets = targets_of(platforms, pythons, subject.requires_python)
        house = gather(subject.folder, targets, Path(scratch), for_browsers=browser)
        if people is None:
            write_zip(output, contents(subject, house, installers))
            made = [output]
        else:
            with counting("Making kits", Console(stderr=True)) as tell:
                made = hand_out(people, make, house, installers, output, tell)
    for file in made:
        click.echo(f"Made {visible(str(file))}: {file.stat().st_size / 1e6:.1f} MB.")
    click.echo(f"Ready codes of it say kit {house.number}.")
    return 0


def _collect(
    folder: Path, project: str, table: Path | None, page: Path | None, *, force: bool
) -> int:
    from rich.console import Console  # noqa: PLC0415

    from modwright.kits.collection.gathering import collect  # noqa: PLC0415
    from modwright.kits.collection.showing import as_csv, as_html, show  # noqa: PLC0415
    from modwright.kits.packing import demand_free, write_text  # noqa: PLC0415
    from modwright.kits.subject import maker  # noqa: PLC0415
    from modwright.kits.telling import counting  # noqa: PLC0415

    outputs = [file for file in (table, page) if file]
    for file in outputs:
        demand_free(file, force=force)
    with counting("Checking", Console(stderr=True)) as tell:
        collected = collect(folder, maker(project), tell)
    show(collected, Console(highlight=False))
    if table:
        write_text(table, as_csv(collected))
    if page:
        write_text(page, as_html(collected))
    for file in outputs:
        click.echo(f"Wrote {visible(str(file))}.")
    return 0


def _say_what_it_means(code: str) -> int:
    from modwright.kits.begin.code import NotACode, decode  # noqa: PLC0415
    from modwright.kits.telling import ready_in_words  # noqa: PLC0415

    try:
        click.echo(ready_in_words(decode(code)))
    except NotACode as error:
        raise UsageFailed(str(error)) from None
    return 0
