"""A report as text: one screen, the most important problems first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.model.wording import counted, visible
from modwright_check.report.problems import Problem, problems, said
from modwright_check.report.verdict import about_baseline, about_part, verdict

COLUMNS, ROWS = 80, 23  # of a terminal that nobody has enlarged, without the line of the prompt
NAMED = 3  # of the other modules, or places, of the same problem
LONGEST_WAY = 6  # frames; a recursion may have a thousand

_COLOURS = {"ok": "green", "info": "cyan", "warning": "yellow", "error": "red"}


def print_report(report: Report, *, verbose: bool = False) -> None:
    """Print a report on stdout.

    Args:
        report: What the check says.
        verbose: Whether to print all that it says, and a table of the modules, on as many screens
            as it takes.
    """
    # Names of modules and exceptions are neither markup nor emoji.
    console = Console(highlight=False, markup=False, emoji=False)
    found = problems(report)
    if verbose:
        _print(console, _entries(found, all_places=True))
        table = _table(report.modules)
        # A name that is cut or folded can be neither read nor searched for.
        console.width = max(console.width, console.measure(table).maximum)
        console.print(table)
        _print(console, (*_gaps(report.not_checked), *_gone(report), *_ending(report)))
    else:
        _print(console, _screen(report, found))


def _print(console: Console, lines: Iterable[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)


def _screen(report: Report, found: Sequence[Problem]) -> list[Text]:
    """Return the lines of one screen: as many problems as it has room for, but always one."""
    told = [problem for problem in found if problem.finding.severity is not Severity.INFO]
    below = [*_gaps(report.not_checked[:NAMED]), *_ending(report)]
    entries, number = list(_entries(told[:1])), min(1, len(told))
    for more in range(2, len(told) + 1):
        longer = list(_entries(told[:more]))
        if _rows([*longer, *_rest(report, found, more), *below]) > ROWS:
            break
        entries, number = longer, more
    return [*entries, *_rest(report, found, number), *below]


def _rows(lines: Iterable[Text]) -> int:
    return sum(max(1, -(-cell_len(line.plain) // COLUMNS)) for line in lines)


def _entries(shown: Sequence[Problem], *, all_places: bool = False) -> Iterator[Text]:
    """Yield the lines of problems; the hint that several in a row share comes after the last."""
    advice = [(problem.finding.code, problem.finding.hint) for problem in shown]
    for number, problem in enumerate(shown):
        yield _headline(problem)
        yield from _way(problem)
        yield from _elsewhere(problem, None if all_places else NAMED)
        if advice[number + 1 : number + 2] != [advice[number]]:
            yield Text(f"    {visible(problem.finding.hint)}", "dim")


def _headline(problem: Problem) -> Text:
    finding = problem.finding
    place = _place(problem)
    return Text.assemble(
        (place, "bold"),
        ": " if place else "",
        (finding.severity.value, f"bold {_COLOURS[finding.severity]}"),
        f": {finding.code} ",
        "(preview) " if finding.is_preview else "",
        visible(said(finding)),
    )


def _place(problem: Problem) -> str:
    finding = problem.finding
    return visible(":".join(str(part) for part in (finding.file, finding.line) if part))


def _way(problem: Problem) -> Iterator[Text]:
    """Yield the way to the place, if there is one; a single frame is the place itself."""
    frames = [visible(f"{file}:{line}") for file, line in problem.finding.traceback]
    if len(frames) > 1:
        yield Text(f"    through {' → '.join(_shortened(frames))}")


def _shortened(frames: list[str]) -> list[str]:
    """Return frames, of too many the first and the last."""
    if len(frames) <= LONGEST_WAY:
        return frames
    half = LONGEST_WAY // 2
    return [*frames[:half], f"({len(frames) - 2 * half} more)", *frames[-half:]]


def _elsewhere(problem: Problem, most: int | None) -> Iterator[Text]:
    """Yield where else it shows: in modules that fail at the same place, and at other places."""
    here, *elsewhere = problem.places
    modules = [visible(name) for name in here.others]
    places = [_place(place) or "the project" for place in elsewhere]
    for kind, names in (("module", modules), ("place", places)):
        if names:
            rest = ", …" if most is not None and len(names) > most else ""
            listed = ", ".join(names[:most])
            yield Text(f"    and {counted(len(names), f'more {kind}')}: {listed}{rest}")


def _rest(report: Report, found: Sequence[Problem], number: int) -> Iterator[Text]:
    """Yield the lines about findings that are not shown."""
    left = Counter(each.severity for problem in found[number:] for each in problem.findings)
    parts = [
        counted(left[severity], severity if severity is Severity.INFO else f"more {severity}")
        for severity in Severity
        if left[severity]
    ]
    if parts:
        more = "… and " if number else ""
        yield Text(f"{more}{', '.join(parts)}: modwright check -v shows all.", "dim")
    if gaps := len(report.not_checked[NAMED:]):
        yield Text(f"{counted(gaps, 'more gap')} in what was checked: -v shows all.", "dim")


def _gaps(not_checked: Iterable[str]) -> Iterator[Text]:
    for reason in not_checked:
        yield Text.assemble(("Not checked: ", "yellow"), visible(reason))


def _table(modules: Iterable[ModuleResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Module", no_wrap=True)
    table.add_column("Import")
    table.add_column("Total ms", justify="right")
    table.add_column("Self ms", justify="right")
    for module in modules:
        times = _time(module.import_ms), _time(module.self_ms)
        table.add_row(visible(module.name), _status(module), *times)
    return table


def _status(module: ModuleResult) -> Text:
    """Return how the import of a module went; some may fail."""
    if module.status == "ok" and not module.imported:
        return Text("fails", _COLOURS["info"])
    return Text(module.status, _COLOURS[module.status])


def _time(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.1f}"


def _gone(report: Report) -> Iterator[Text]:
    for entry in report.baseline.gone if report.baseline else ():
        of = f"{entry.module}: " if entry.module else ""
        yield Text(visible(f"gone: {entry.code} {of}{entry.message}"), "dim")


def _ending(report: Report) -> Iterator[Text]:
    for sentence in (*about_part(report), *about_baseline(report)):
        yield Text(visible(sentence))
    yield _summary(report)


def _summary(report: Report) -> Text:
    failed = not (report.modules or report.part) or report.count(Severity.ERROR)
    about = visible(f": {report.project} {report.version} on Python {report.python}")
    colour = "bold red" if failed else "bold green"
    return Text.assemble((verdict(report), colour), about, f" ({report.seconds:.1f} s)")
