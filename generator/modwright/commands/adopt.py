"""`modwright adopt`: what the template keeps current, for a package that was made by hand."""

import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

from modwright.commands.applying import opened
from modwright.errors import UsageFailed
from modwright_check.model.wording import visible

if TYPE_CHECKING:
    from modwright.upkeep.adopt import Offer


@click.command("adopt")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option(
    "--data",
    multiple=True,
    metavar="KEY=VALUE",
    help="Set an answer that is otherwise inferred from the package.",
)
@click.option("--add", multiple=True, metavar="PATTERN", help="Add what matches; do not ask.")
@click.option("--dry-run", is_flag=True, help="List what could be added; change nothing.")
def command(project: Path, data: tuple[str, ...], *, add: tuple[str, ...], dry_run: bool) -> int:
    """Let the template keep an existing package current.

    The answers to the template's questions are read out of the package of PROJECT (default: this
    folder): its pyproject.toml and where its code lies. You see what the template offers, and
    choose what to add; existing files are not overwritten. `modwright update` merges later
    versions. An adoption is one commit.

    Exit codes: 0 adopted, 2 wrong usage, 3 the template or the answers failed.
    """
    from modwright.scaffold.answers import parse_data  # noqa: PLC0415
    from modwright.upkeep import operation, telling  # noqa: PLC0415
    from modwright.upkeep.adopt import prepare_adoption, prepare_offer  # noqa: PLC0415

    with opened(project) as (checkout, workbench):
        offer = prepare_offer(checkout, workbench, parse_data(data))
        _show(offer)
        if dry_run:
            return 0
        change = prepare_adoption(checkout, workbench, offer, _chosen(offer, add))
        operation.demand_room(checkout, change.operation)
        commit = operation.begin(checkout, change.operation)
        click.echo(telling.done(change, commit, "text"))
    return 0


def _show(offer: "Offer") -> None:
    for name, answer in offer.answers.items():
        click.echo(visible(f"{name}: {answer}"))
    click.echo()
    for item in offer.items:
        mark = "✔" if item.is_there else "☐"
        why = (
            ""
            if item.fits
            else ": not offered, because it refers to src/, and this package is elsewhere"
        )
        click.echo(visible(f"{mark} {item.name}{why}"))
    click.echo()


def _chosen(offer: "Offer", patterns: Sequence[str]) -> list[str]:
    """Return what was chosen, or ask."""
    if patterns:
        unused = [one for one in patterns if not any(fnmatchcase(n, one) for n in offer.open)]
        if unused:
            raise UsageFailed(f"--add {unused[0]}: it matches no file of the list that is missing.")
        return [name for name in offer.open if any(fnmatchcase(name, one) for one in patterns)]
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFailed("There is no terminal to ask on. Use --add PATTERN ('*' for all).")
    return [name for name in offer.open if click.confirm(f"Add {name}?", default=True)]
