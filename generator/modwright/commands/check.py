"""`modwright check`: the proof that a project imports cleanly."""

from pathlib import Path

import click


@click.command("check")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
def command(project: Path, form: str) -> int:
    """Prove that every module of PROJECT (default: this folder) imports cleanly.

    Builds the wheel, installs it with only its declared dependencies in a fresh environment, and
    imports every module in a process of its own. PROJECT may be a wheel that is there already.
    Importing code runs it.

    Exit codes: 0 clean, 1 errors found, 2 wrong usage, 4 no environment could be built.
    """
    return check_and_report(project.resolve(), form)


def check_and_report(project: Path, form: str = "text") -> int:
    """Check a project, print the report, return the exit code."""
    from modwright.checking.check import check_project, check_wheel  # noqa: PLC0415
    from modwright.checking.report import Severity  # noqa: PLC0415
    from modwright.reporting.as_json import report_as_json  # noqa: PLC0415
    from modwright.reporting.as_text import print_report  # noqa: PLC0415
    from modwright.reporting.progress import progress  # noqa: PLC0415

    with progress("Checking") as tell:
        report = (check_wheel if project.suffix == ".whl" else check_project)(project, tell)
    if form == "json":
        click.echo(report_as_json(report))
    else:
        print_report(report)
    return 1 if report.count(Severity.ERROR) else 0
