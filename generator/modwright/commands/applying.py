"""What `update`, `add` and `remove` have in common: a change is told, checked, and made."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from modwright.errors import IN_CONFLICT, EnvironmentFailed, UsageFailed
from modwright_check.model.wording import visible

if TYPE_CHECKING:
    from modwright.upkeep.change import Change
    from modwright.upkeep.rendering import Workbench
    from modwright.upkeep.trees import Checkout

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ["text", "json", "markdown"]
_OPTIONS = [
    click.option("--dry-run", is_flag=True, help="Show what would change; change nothing."),
    click.option(
        "--on-conflict",
        type=click.Choice(["markers", "abort"]),
        default="markers",
        help="Write conflicts between markers, or change nothing if there are conflicts.",
    ),
    click.option(
        "--check/--no-check", default=True, help="Check that the project still imports cleanly."
    ),
    click.option(
        "--commit/--no-commit",
        default=True,
        help="Whether to commit, or to stage the changes; then conflicts change nothing.",
    ),
    click.option(
        "--keep", is_flag=True, help="Continue even if the project no longer imports cleanly."
    ),
    click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", help="Format of the report."
    ),
]


def options(command: Command) -> Command:
    """Give a command the options that say how a change is made."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def opened(project: Path) -> Iterator[tuple["Checkout", "Workbench"]]:
    """Open a project for a change: this program alone is at work, and everything is committed."""
    from modwright.scaffold.source import find_source  # noqa: PLC0415
    from modwright.upkeep import operation  # noqa: PLC0415
    from modwright.upkeep.rendering import Workbench  # noqa: PLC0415
    from modwright.upkeep.trees import checkout as checkout_of  # noqa: PLC0415

    checkout = checkout_of(project)
    with operation.alone(checkout), Workbench(find_source()) as workbench:
        if left := operation.settle_what_was_left(checkout):
            click.echo(left, err=True)
        operation.demand_clean(checkout)
        yield checkout, workbench


def demand_consent(checkout: "Checkout", change: "Change", *, yes: bool) -> None:
    """Show a change and ask whether to make it.

    Raises:
        UsageFailed: There is nobody to ask.
    """
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFailed("There is no terminal to ask on. Use --yes or --dry-run.")
    show(checkout, change)
    click.confirm(f"{change.title}?", abort=True)


def show(checkout: "Checkout", change: "Change") -> None:
    """Print the lines that a change adds and takes away."""
    from modwright.upkeep.patch import print_patch  # noqa: PLC0415

    print_patch(checkout.diff(*change.trees))


def carry_out(
    checkout: "Checkout",
    change: "Change | None",
    *,
    dry_run: bool,
    on_conflict: str,
    check: bool,
    commit: bool,
    keep: bool,
    form: str,
) -> int:
    """Make a change, unless the project would no longer import cleanly; return the exit code."""
    from modwright.upkeep import operation, telling  # noqa: PLC0415

    if change is None:
        click.echo(telling.up_to_date(form))
        return 0
    operation.demand_room(checkout, change.operation)
    exit_code = IN_CONFLICT if change.clashes else 0
    if dry_run or (change.clashes and (on_conflict == "abort" or not commit)):
        click.echo(telling.would(change, form))
        return exit_code
    if check and not change.clashes and not keep and _breaks(checkout, change):
        return 1
    made = operation.begin(checkout, change.operation, commits=commit)
    click.echo(telling.done(change, made, form))
    return exit_code


def _breaks(checkout: "Checkout", change: "Change") -> bool:
    """Return whether a project that imports cleanly would not do so any more; tell why."""
    before, after = change.trees
    errors = _errors(checkout, after)
    if not errors or _errors(checkout, before) != []:
        return False  # or it did not import cleanly before either, as far as anybody can tell
    for line in errors:
        click.echo(visible(line), err=True)
    click.echo(
        "The project imports cleanly now, but would not afterwards. Nothing was changed."
        " To continue anyway, use --keep and fix the imports then.",
        err=True,
    )
    return True


def _errors(checkout: "Checkout", tree: str) -> list[str] | None:
    """Return the errors that the check finds in a tree of the project; None if it cannot tell."""
    from modwright_check.api import check  # noqa: PLC0415
    from modwright_check.config.configuration import Overrides  # noqa: PLC0415
    from modwright_check.model.options import Options  # noqa: PLC0415
    from modwright_check.model.report import Severity  # noqa: PLC0415
    from modwright_check.report.progress import progress  # noqa: PLC0415

    with TemporaryDirectory() as folder, progress("Checking") as tell:
        project = Path(folder).resolve() / checkout.project.name
        checkout.export(tree, project)
        try:
            report = check(Options(project), Overrides(), tell)
        except (EnvironmentFailed, UsageFailed) as error:
            click.echo(f"Not checked: {visible(str(error))}", err=True)
            return None
    return [
        f"{finding.file}:{finding.line}: {finding.code} {finding.message}"
        for finding in report.findings
        if finding.severity is Severity.ERROR
    ]
