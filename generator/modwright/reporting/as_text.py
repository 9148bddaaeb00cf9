"""A report for a person: a table of the modules, the findings, one line that sums up."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from modwright.checking.report import Finding, ModuleResult, Report, Severity

_COLOURS = {"ok": "green", "info": "cyan", "warning": "yellow", "error": "red"}


def print_report(report: Report) -> None:
    """Print a report on stdout."""
    # What modules and exceptions are called is no markup and no emoji.
    console = Console(highlight=False, markup=False, emoji=False)
    table = _table(report.modules)
    # A name that is cut or folded can be neither read nor searched for.
    console.width = max(console.width, console.measure(table).maximum)
    console.print(table)
    for finding in report.findings:
        console.print(_finding(finding), soft_wrap=True)
        console.print(Text(f"    {finding.hint}", "dim"), soft_wrap=True)
    console.print(_summary(report), soft_wrap=True)


def _table(modules: tuple[ModuleResult, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Module", no_wrap=True)
    table.add_column("Import")
    table.add_column("Time, ms", justify="right")
    table.add_column("Its own, ms", justify="right")
    for module in modules:
        status = Text(module.status, _COLOURS[module.status])
        table.add_row(module.name, status, _time(module.import_ms), _time(module.self_ms))
    return table


def _time(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.1f}"


def _finding(finding: Finding) -> Text:
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    return Text.assemble(
        (place, "bold"),
        ": ",
        (finding.code, _COLOURS[finding.severity]),
        f" {finding.module} {finding.message}",
    )


def _summary(report: Report) -> Text:
    total = len(report.modules)
    modules = f"{total} module imports" if total == 1 else f"{total} modules import"
    bad = sum(module.status == "error" for module in report.modules)
    if not report.count(Severity.ERROR):
        verdict = (f"{modules} cleanly", "bold green")
    else:
        verdict = (f"{bad} of {modules} with errors" if total else "Nothing to import", "bold red")
    about = f": {report.project} {report.version} on Python {report.python}"
    return Text.assemble(verdict, about, f" ({report.seconds:.1f} s)")
