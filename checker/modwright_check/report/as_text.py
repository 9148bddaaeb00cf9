"""A report for a person: a table of the modules, what is wrong, one line that sums up."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from modwright_check.model.report import Finding, ModuleResult, Report, Severity
from modwright_check.model.wording import counted, visible
from modwright_check.report.problems import Problem, problems
from modwright_check.report.verdict import verdict

LONGEST_TABLE = 40  # modules; above, the table shows those that matter
SLOWEST = 5  # of them when it does not show all
LONGEST_TRACEBACK = 8  # frames; a recursion may have a thousand
NAMED = 3  # of the other modules with the same problem

_COLOURS = {"ok": "green", "info": "cyan", "warning": "yellow", "error": "red"}


def print_report(report: Report) -> None:
    """Print a report on stdout."""
    # What modules and exceptions are called is no markup and no emoji.
    console = Console(highlight=False, markup=False, emoji=False)
    table = _table(_worth_a_row(report.modules))
    # A name that is cut or folded can be neither read nor searched for.
    console.width = max(console.width, console.measure(table).maximum)
    console.print(table)
    for line in _lines(report):
        console.print(line, soft_wrap=True)


def _lines(report: Report) -> Iterator[Text]:
    if len(report.modules) > LONGEST_TABLE:
        shown = f"those with warnings or errors, and the {SLOWEST} slowest"
        yield Text(f"Of {len(report.modules)} modules the table shows {shown}.", "dim")
    found = problems(report)
    for problem in found:
        if problem.finding.severity is not Severity.INFO:
            yield from _problem(problem)
    if notes := sum(problem.finding.severity is Severity.INFO for problem in found):
        where = "--format json and --format html tell all"
        yield Text(f"{counted(notes, 'note')} on the side: {where}.", "dim")
    for reason in report.not_checked:
        yield Text.assemble(("Not checked: ", "yellow"), visible(reason))
    yield _summary(report)


def _worth_a_row(modules: tuple[ModuleResult, ...]) -> Iterable[ModuleResult]:
    if len(modules) <= LONGEST_TABLE:
        return modules
    slowest = sorted(modules, key=lambda module: -(module.import_ms or 0))[:SLOWEST]
    return [module for module in modules if module.status != "ok" or module in slowest]


def _table(modules: Iterable[ModuleResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Module", no_wrap=True)
    table.add_column("Import")
    table.add_column("Time, ms", justify="right")
    table.add_column("Its own, ms", justify="right")
    for module in modules:
        status = Text(module.status, _COLOURS[module.status])
        table.add_row(visible(module.name), status, _time(module.import_ms), _time(module.self_ms))
    return table


def _time(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.1f}"


def _problem(problem: Problem) -> Iterator[Text]:
    yield _finding(problem.finding)
    if problem.others:
        named = visible(", ".join(problem.others[:NAMED]))
        rest = " ..." if len(problem.others) > NAMED else ""
        yield Text(f"    and {counted(len(problem.others), 'more module')}: {named}{rest}")
    for frame in _frames(problem.finding.traceback):
        yield Text(f"      {visible(frame)}")
    yield Text(f"    {visible(problem.finding.hint)}", "dim")


def _frames(traceback: tuple[tuple[str, int], ...]) -> list[str]:
    """Return the way to the place; a single frame is the place itself."""
    frames = [f"{file}:{line}" for file, line in traceback]
    if len(frames) > LONGEST_TRACEBACK:
        half = LONGEST_TRACEBACK // 2
        between = f"({len(frames) - 2 * half} more)"
        return [*frames[:half], between, *frames[-half:]]
    return frames if len(frames) > 1 else []


def _finding(finding: Finding) -> Text:
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    said = f" {finding.module} {finding.message}" if finding.module else f" {finding.message}"
    return Text.assemble(
        (visible(place), "bold"),
        ": " if place else "",
        (finding.code, _COLOURS[finding.severity]),
        " (preview)" if finding.is_preview else "",
        visible(said),
    )


def _summary(report: Report) -> Text:
    failed = not report.modules or report.count(Severity.ERROR)
    about = visible(f": {report.project} {report.version} on Python {report.python}")
    colour = "bold red" if failed else "bold green"
    return Text.assemble((verdict(report), colour), about, f" ({report.seconds:.1f} s)")
