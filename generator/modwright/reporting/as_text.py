"""A report for a person: a table of the modules, the findings, one line that sums up."""

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from modwright.checking.report import Finding, ModuleResult, Report, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_STATUS = {"ok": "[green]ok[/]", "warning": "[yellow]warning[/]", "error": "[red]error[/]"}


def print_report(report: Report) -> None:
    """Print a report on stdout."""
    console = Console(highlight=False)
    console.print(_table(report.modules), soft_wrap=True)
    for finding in report.findings:
        _print_finding(console, finding)
    console.print(_summary(report), soft_wrap=True)


def _table(modules: tuple[ModuleResult, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Module", overflow="fold")
    table.add_column("Import")
    table.add_column("Time, ms", justify="right")
    table.add_column("Its own, ms", justify="right")
    for module in modules:
        table.add_row(
            module.name, _STATUS[module.status], _time(module.import_ms), _time(module.self_ms)
        )
    return table


def _time(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.1f}"


def _print_finding(console: Console, finding: Finding) -> None:
    colour = _COLOURS[finding.severity]
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    console.print(
        f"[bold]{escape(place)}[/]: [{colour}]{finding.code}[/]"
        f" {escape(finding.module)} {escape(finding.message)}",
        soft_wrap=True,
    )
    console.print(f"    {escape(finding.hint)}", style="dim", soft_wrap=True)


def _summary(report: Report) -> str:
    about = f"{escape(report.project)} {report.version} on Python {report.python}"
    took = f"({report.seconds:.1f} s)"
    bad = sum(module.status == "error" for module in report.modules)
    if not report.count(Severity.ERROR):
        return f"[bold green]{_modules(len(report.modules))} cleanly[/]: {about} {took}"
    if not report.modules:
        return f"[bold red]Nothing to import[/]: {about} {took}"
    return f"[bold red]{bad} of {_modules(len(report.modules))} with errors[/]: {about} {took}"


def _modules(count: int) -> str:
    return f"{count} module imports" if count == 1 else f"{count} modules import"
