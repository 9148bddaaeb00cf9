"""The formats of a report: a table from name to writer. A writer is imported on demand.

`text` is for a person and goes through rich; the others are for programs, and give a string.
"""

from importlib import import_module

import click

from modwright_check.model.report import Report

# The function that returns a report as a string, by the name of the format.
_WRITERS = {
    "json": ("as_json", "report_as_json"),
    "github": ("as_github", "report_as_github"),
    "junit": ("as_junit", "report_as_junit"),
    "sarif": ("as_sarif", "report_as_sarif"),
    "html": ("as_html", "report_as_html"),
}
FORMATS = ("text", *_WRITERS)


def write(report: Report, name: str, *, verbose: bool = False) -> None:
    """Write a report on stdout, and nothing else there.

    Args:
        report: What the check says.
        name: One of `FORMATS`.
        verbose: Whether a person is told all, and not what fits on one screen.
    """
    if name == "text":
        from modwright_check.report.as_text import print_report  # noqa: PLC0415 (rich takes its time)

        print_report(report, verbose=verbose)
    elif written := render(report, name):
        click.echo(written)


def render(report: Report, name: str) -> str:
    """Return a report in one of the formats for programs.

    Equal reports give equal strings.

    Args:
        report: What the check says.
        name: One of `FORMATS` except `text`.
    """
    module, function = _WRITERS[name]
    written: str = getattr(import_module(f"modwright_check.report.{module}"), function)(report)
    return written
