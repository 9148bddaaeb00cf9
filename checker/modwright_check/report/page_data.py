"""Data for the page's scripts: the module graph and the import times."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from modwright_check.model.report import ImportTime, Report
from modwright_check.model.wording import visible

MOST_BARS = 5000  # of the icicle; what is left out is narrower than a pixel
HEAVIEST = 10  # packages in the table beside it


@dataclass(frozen=True)
class Icicle:
    """The imports to draw.

    Args:
        bars: Each before what it imports: how many are around it, name, total and own
            milliseconds, and whose it is: `own`, `standard` (of the standard library) or `other`.
        left_out: How many more there are.
        shortest: Milliseconds of the shortest that is drawn.
    """

    bars: list[tuple[int, str, float, float, str]]
    left_out: int
    shortest: float


@dataclass(frozen=True)
class Package:
    """The sum of what a top-level package costs.

    Args:
        name: The package.
        modules: How many of its modules are imported.
        ms: What their own code takes.
        share: Of the time of all packages, from 0 to 1.
    """

    name: str
    modules: int
    ms: float
    share: float


def graph(report: Report) -> dict[str, object]:
    """Return modules with what they import, and the cycles that break; modules as numbers."""
    numbers = {module.name: number for number, module in enumerate(report.modules)}

    def known(names: Sequence[str]) -> list[int]:
        return [numbers[name] for name in dict.fromkeys(names) if name in numbers]

    modules = [
        {
            "name": visible(module.name),
            "status": module.status,
            "ms": module.import_ms,
            "loaded": module.modules_loaded,
            "imports": known(report.imports.get(module.name, ())),
        }
        for module in report.modules
    ]
    return {"modules": modules, "cycles": [known(cycle) for cycle in report.cycles]}


def chains(report: Report) -> list[tuple[str, ...]]:
    """Return the cycles that break, each as a chain that ends where it begins."""
    return [cycle if cycle[0] == cycle[-1] else (*cycle, cycle[0]) for cycle in report.cycles]


def icicle(report: Report) -> Icicle:
    """Return the imports that have been timed; of more than `MOST_BARS`, the longest."""
    kind_of = _kinds(report)
    totals = sorted((time.total_ms for _, time in _walk(report)), reverse=True)
    shortest = totals[:MOST_BARS][-1] if totals else 0
    bars = [
        (depth, visible(time.name), time.total_ms, time.self_ms, kind_of(time.name))
        for depth, time in islice(_walk(report, shortest), MOST_BARS)
    ]
    return Icicle(bars, len(totals) - len(bars), shortest)


def _walk(report: Report, shortest: float = 0) -> Iterator[tuple[int, ImportTime]]:
    """Yield each import with its depth, before what it imports; a short one hides what is in it.

    There is no recursion: a chain of imports may be long.
    """
    waiting = [(0, time) for time in reversed(report.import_times)]
    while waiting:
        depth, time = waiting.pop()
        if time.total_ms >= shortest:
            yield depth, time
            waiting += [(depth + 1, child) for child in reversed(time.children)]


def _kinds(report: Report) -> Callable[[str], str]:
    """Return the owner of a module: `own`, `standard` or `other`."""
    own = frozenset(module.name for module in report.modules)

    def kind_of(name: str) -> str:
        if name in own:
            return "own"
        return "standard" if name.partition(".")[0] in report.standard_modules else "other"

    return kind_of


def heaviest(report: Report) -> list[Package]:
    """Return the top-level packages whose own code takes longest."""
    spent: dict[str, float] = {}
    modules: dict[str, set[str]] = {}
    for _, time in _walk(report):
        name = time.name.partition(".")[0]
        spent[name] = spent.get(name, 0) + time.self_ms
        modules.setdefault(name, set()).add(time.name)
    total = sum(spent.values()) or 1
    packages = [Package(name, len(modules[name]), ms, ms / total) for name, ms in spent.items()]
    return sorted(packages, key=lambda package: (-package.ms, package.name))[:HEAVIEST]
