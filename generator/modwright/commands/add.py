"""`modwright add`: a component that the template has, later."""

from pathlib import Path
from typing import Any

import click

from modwright.commands.applying import carry_out, demand_consent, opened, options, show


@click.command("add")
@click.argument("kind", metavar="KIND")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--project", default=".", type=click.Path(path_type=Path), help="[default: .]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options
def command(kind: str, names: tuple[str, ...], project: Path, *, yes: bool, **how: Any) -> int:
    """Add a component to a project, as if it had been made with it.

    KIND is subpackage, module, external, extension, frozen, docs or ci, and NAME a value of that
    option of `modwright new`: `modwright add external numpy`. What you have changed stays. The
    difference is shown before you are asked; --dry-run shows it and ends. An addition is one
    commit.

    Exit codes: 0 added, 1 it would no longer import cleanly, 2 wrong usage, 3 the template or
    the answers failed, 5 conflicts are left.
    """
    from modwright.upkeep.components import prepare_adding  # noqa: PLC0415

    with opened(project) as (checkout, workbench):
        change = prepare_adding(checkout, workbench, kind, names)
        if change and how["dry_run"] and how["form"] == "text":
            show(checkout, change)
        elif change and not how["dry_run"]:
            demand_consent(checkout, change, yes=yes)
        return carry_out(checkout, change, **how)
