"""`modwright status`: where projects stand, any number of them side by side."""

from pathlib import Path

import click


@click.command("status")
@click.argument("projects", nargs=-1, type=click.Path(path_type=Path), metavar="[PROJECT]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="Format of the report.",
)
def command(projects: tuple[Path, ...], *, form: str) -> int:
    """Tell where each PROJECT (default: this folder) stands.

    Which version of the template it has, and whether there is a newer one; how many files differ
    from what the template makes, without a reason given; whether everything is committed; how many
    conflicts an update would leave. Nothing is changed, and nothing fetched but templates that are
    not modwright's own.

    Exit codes: 0, 2 nothing could be told of some project.
    """
    from modwright.errors import UsageFailed  # noqa: PLC0415
    from modwright.upkeep import telling_status as telling  # noqa: PLC0415
    from modwright.upkeep.fleet import find_all  # noqa: PLC0415

    found = find_all(projects or (Path(),))
    click.echo(telling.told(found, form))
    return UsageFailed.exit_code if any(status.problem for status in found) else 0
