"""`modwright update`: what the template has learned, merged into a project."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from modwright.errors import IN_CONFLICT, EnvironmentFailed, UsageFailed
from modwright.reporting.wording import visible

if TYPE_CHECKING:
    from modwright.upkeep.trees import Checkout
    from modwright.upkeep.update import Update

FORMATS = ["text", "json", "markdown"]


@click.command("update")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option("--to", metavar="VERSION", help="A tag, a branch or a hash. [default: the newest]")
@click.option("--data", multiple=True, metavar="KEY=VALUE", help="Answer a question anew.")
@click.option("--dry-run", is_flag=True, help="Tell what would change; change nothing.")
@click.option("--continue", "go_on", is_flag=True, help="Commit, now that conflicts are resolved.")
@click.option("--abort", is_flag=True, help="Bring back every file as it was before.")
@click.option(
    "--on-conflict",
    type=click.Choice(["markers", "abort"]),
    default="markers",
    help="Whether to write conflicts between markers, or to leave everything as it is.",
)
@click.option("--check/--no-check", default=True, help="Whether to check that it still imports.")
@click.option("--keep", is_flag=True, help="Update even if it does not import cleanly any more.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Of the report.")
def command(
    project: Path,
    to: str | None,
    data: tuple[str, ...],
    *,
    dry_run: bool,
    go_on: bool,
    abort: bool,
    on_conflict: str,
    check: bool,
    keep: bool,
    form: str,
) -> int:
    """Merge a newer version of the template into PROJECT (default: this folder).

    Both versions are rendered with the recorded answers and merged with the project as it is. What
    you have changed stays. What both have changed, in ways that only a person can put together,
    stands between markers. An update is one commit.

    Exit codes: 0 updated, or nothing to do, 1 it would not import cleanly any more, 2 wrong usage,
    3 the template or the answers failed, 5 conflicts are left.
    """
    from modwright.scaffold.answers import parse_data  # noqa: PLC0415
    from modwright.scaffold.source import find_source  # noqa: PLC0415
    from modwright.upkeep import operation, telling  # noqa: PLC0415
    from modwright.upkeep.trees import checkout as checkout_of  # noqa: PLC0415
    from modwright.upkeep.update import prepare  # noqa: PLC0415

    if sum((dry_run, go_on, abort)) > 1:
        raise UsageFailed("--dry-run, --continue and --abort: one at a time.")
    checkout = checkout_of(project)
    with operation.alone(checkout):
        if go_on:
            click.echo(telling.went_on(*operation.go_on(checkout)))
            return 0
        if abort:
            click.echo(telling.taken_back(operation.take_back(checkout)))
            return 0
        if left := operation.settle_what_was_left(checkout):
            click.echo(left, err=True)
        operation.demand_clean(checkout)
        update = prepare(checkout, find_source(), to, parse_data(data))
        if update is None:
            click.echo(telling.up_to_date(form))
            return 0
        operation.demand_room(checkout, update.operation)
        exit_code = IN_CONFLICT if update.clashes else 0
        if dry_run or (update.clashes and on_conflict == "abort"):
            click.echo(telling.would(update, form))
            return exit_code
        if check and not update.clashes and not keep and _breaks(checkout, update):
            return 1
        commit = operation.begin(checkout, update.operation)
        click.echo(telling.done(update, commit, form))
        return exit_code


def _breaks(checkout: "Checkout", update: "Update") -> bool:
    """Return whether a project that imports cleanly would not do so any more; tell why."""
    after = _errors(checkout, update.project_tree)
    if not after or _errors(checkout, checkout.tree("HEAD")) != []:
        return False  # or it did not import cleanly before either, as far as anybody can tell
    for line in after:
        click.echo(visible(line), err=True)
    click.echo(
        "The project imports cleanly, and would not after this update. Nothing was changed."
        " Update with --keep, and mend it then.",
        err=True,
    )
    return True


def _errors(checkout: "Checkout", tree: str) -> list[str] | None:
    """Return the errors that the check finds in a tree of the project; None if it cannot tell."""
    from modwright.checking.check import check  # noqa: PLC0415
    from modwright.checking.configuration import Overrides  # noqa: PLC0415
    from modwright.checking.report import Severity  # noqa: PLC0415
    from modwright.checking.request import Request  # noqa: PLC0415
    from modwright.reporting.progress import progress  # noqa: PLC0415

    with TemporaryDirectory() as folder, progress("Checking") as tell:
        project = Path(folder).resolve() / checkout.project.name
        checkout.export(tree, project)
        try:
            report = check(Request(project), Overrides(), tell)
        except (EnvironmentFailed, UsageFailed) as error:
            click.echo(f"Not checked: {visible(str(error))}", err=True)
            return None
    return [
        f"{finding.file}:{finding.line}: {finding.code} {finding.message}"
        for finding in report.findings
        if finding.severity is Severity.ERROR
    ]
