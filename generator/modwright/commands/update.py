"""`modwright update`: what the template has learned, merged into a project."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from modwright.commands.applying import carry_out, opened, options
from modwright.errors import UsageFailed

if TYPE_CHECKING:
    from modwright.scaffold.questions import Question


@click.command("update")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option("--to", metavar="VERSION", help="A tag, a branch or a hash. [default: the newest]")
@click.option("--data", multiple=True, metavar="KEY=VALUE", help="Change the answer to a question.")
@click.option("--continue", "go_on", is_flag=True, help="Commit, now that conflicts are resolved.")
@click.option("--abort", is_flag=True, help="Restore every file as it was before the update.")
@options
def command(
    project: Path,
    to: str | None,
    data: tuple[str, ...],
    *,
    go_on: bool,
    abort: bool,
    **how: Any,
) -> int:
    """Merge a newer version of the template into PROJECT (default: this folder).

    Both versions are rendered with the recorded answers and merged with the project as it is. What
    you have changed stays. Conflicting changes are written between
    markers. An update is one commit.

    Exit codes: 0 updated, or nothing to do, 1 it would no longer import cleanly, 2 wrong usage,
    3 the template or the answers failed, 5 conflicts are left.
    """
    from modwright.scaffold.answers import parse_data  # noqa: PLC0415
    from modwright.upkeep.update import prepare_update  # noqa: PLC0415

    if sum((how["dry_run"], go_on, abort)) > 1:
        raise UsageFailed("--dry-run, --continue and --abort exclude each other.")
    if go_on or abort:
        return _end(project, go_on=go_on)
    with opened(project) as (checkout, workbench):
        ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() else None
        change = prepare_update(checkout, workbench, to, parse_data(data), ask)
        return carry_out(checkout, change, **how)


def _ask(question: "Question", answer: Any) -> Any:
    """Ask anew what was answered by something that is no longer a choice."""
    click.echo(f"{question.help}: {answer} is no longer a choice.")
    chosen = click.prompt(question.name, type=click.Choice([*question.choices]))
    return [chosen] if question.many else chosen


def _end(project: Path, *, go_on: bool) -> int:
    """Commit what is under way, or take it back."""
    from modwright.upkeep import operation, telling  # noqa: PLC0415
    from modwright.upkeep.trees import checkout as checkout_of  # noqa: PLC0415

    checkout = checkout_of(project)
    with operation.alone(checkout):
        if go_on:
            click.echo(telling.went_on(*operation.go_on(checkout)))
        else:
            click.echo(telling.taken_back(operation.take_back(checkout)))
    return 0
