"""What a leader sees: the matrix with sizes, and how far the downloads have come."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from modwright.kits.begin.code import Ready
from modwright.kits.downloading import Advance
from modwright.kits.pyodide import SIZE, VERSION
from modwright.kits.resolving import Tell, Wheel
from modwright.kits.targets import Target


def show_matrix(
    targets: Mapping[Target, Sequence[Wheel]],
    lacking: Collection[Wheel],
    console: Console,
    *,
    for_browsers: bool,
) -> None:
    """Write which wheels each computer is given, and how much there is to be downloaded.

    Args:
        targets: What each is given.
        lacking: The wheels that are not here yet.
        console: Where to.
        for_browsers: Whether the kit holds Python for browsers.
    """
    pythons = list(dict.fromkeys(target.python for target in targets))
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for python in pythons:
        table.add_column(f"Python {python}", justify="right")
    platforms = dict.fromkeys(target.platform for target in targets)
    for platform in platforms:
        given = [targets.get(Target(platform, python), ()) for python in pythons]
        table.add_row(platform.name, *map(megabytes, given))
    console.print(table)
    once = {wheel for wheels in targets.values() for wheel in wheels}
    console.print(
        f"In the kit: {len(once)} wheels, {megabytes(once)}, for what several computers need is"
        f" there once. To be downloaded: {megabytes(lacking)}.",
        soft_wrap=True,
    )
    if for_browsers:
        console.print(f"For browsers: Pyodide {VERSION}, {SIZE / 1e6:.1f} MB.")


def ready_in_words(ready: Ready) -> str:
    """Return what a ready code says, as a line a fact."""
    facts = {
        "All works": ready.all_works,
        "Every module of the project is imported": ready.imports,
        "The first test passes": ready.test,
        "modwright runs": ready.modwright,
        "There is a C compiler": ready.compiler,
        "uv has installed the packages": ready.by_uv,
    }
    lines = [f"{'yes' if fact else 'no':5}{what}" for what, fact in facts.items()]
    where = f"environment: {ready.environment}, kit {ready.kit}"
    return "\n".join([f"{ready.platform}, Python 3.{ready.python}, {where}", *lines])


def megabytes(wheels: Collection[Wheel]) -> str:
    """Return the size of wheels in words."""
    return f"{sum(wheel.size for wheel in wheels) / 1e6:.1f} MB"


@contextmanager
def downloading(wheels: Collection[Wheel], console: Console) -> Iterator[Advance]:
    """Yield what is told of each part that has come, and shows it as a bar on a terminal."""
    columns = (TextColumn("Downloading"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    total = sum(wheel.size for wheel in wheels) or None
    with _on_terminal(columns, total, console) as (progress, task):
        yield lambda size: progress.advance(task, size)


@contextmanager
def counting(what: str, console: Console) -> Iterator[Tell]:
    """Yield what is told how many of how many are done, and shows it as a bar on a terminal."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn())
    with _on_terminal(columns, None, console) as (progress, task):
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def _on_terminal(
    columns: Iterable[ProgressColumn], total: float | None, console: Console
) -> Iterator[tuple[Progress, TaskID]]:
    progress = Progress(*columns, console=console)
    task = progress.add_task("", total=total)
    # Elsewhere it is never begun: it would leave an empty line.
    with progress if console.is_terminal else nullcontext():
        yield progress, task
