"""`modwright remove`: a component less, and nothing of the user's with it."""

from pathlib import Path
from typing import Any

import click

from modwright.commands.applying import carry_out, demand_consent, opened, options, show
from modwright.errors import UsageFailed
from modwright_check.model.wording import visible


@click.command("remove")
@click.argument("kind", metavar="KIND")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--project", default=".", type=click.Path(path_type=Path), help="[default: .]")
@click.option("--changed", is_flag=True, help="Also remove files that you have changed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options
def command(
    kind: str,
    names: tuple[str, ...],
    project: Path,
    *,
    changed: bool,
    yes: bool,
    **how: Any,
) -> int:
    """Remove a component from a project, and only what came with it.

    KIND and NAME are those of `modwright add`. Nothing is removed that the project still imports;
    the lines that do are named. A file that you have changed stays, unless --changed is given. The
    difference is shown before you are asked; --dry-run shows it and ends. A removal is one commit.

    Exit codes: 0 removed, 1 it would no longer import cleanly, 2 wrong usage, or it is still
    imported, 3 the template or the answers failed, 5 conflicts are left.
    """
    from modwright.upkeep.components import prepare_removing  # noqa: PLC0415

    with opened(project) as (checkout, workbench):
        change = prepare_removing(checkout, workbench, kind, names, spares_changed=not changed)
        if change and change.lost:
            click.echo("\n".join(map(visible, change.lost)), err=True)
            more = "" if changed else " --changed also removes files that you have changed."
            raise UsageFailed(
                f"The project still imports the files to remove. Change these lines first.{more}"
            )
        if change and how["dry_run"] and how["form"] == "text":
            show(checkout, change)
        elif change and not how["dry_run"]:
            demand_consent(checkout, change, yes=yes)
        return carry_out(checkout, change, **how)
