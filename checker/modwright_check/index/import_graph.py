"""The import graph and import times of the report."""

from collections.abc import Callable, Iterable, Mapping

from modwright_check.model.import_result import Loaded, Outcome
from modwright_check.model.loads import noted
from modwright_check.model.report import ImportTime
from modwright_check.static.source import Import, Source, Where


def import_graph(read: Mapping[str, Source], minor: int) -> dict[str, tuple[str, ...]]:
    """Return the project's own modules that each module imports at import.

    Args:
        read: The sources, by the modules' names.
        minor: The second number of the Python that imports them: some wait (PEP 810).
    """
    return _graph(read, lambda each: each.where is Where.AT_IMPORT and not each.waits({minor}))


def lazy_imports(read: Mapping[str, Source], minor: int) -> dict[str, tuple[str, ...]]:
    """Return the project's own modules that modules import when their names are first used.

    Args:
        read: As in `import_graph`.
        minor: As in `import_graph`.
    """
    graph = _graph(read, lambda each: each.where is not Where.FOR_TYPES and each.waits({minor}))
    return {name: lazily for name, lazily in graph.items() if lazily}


def _graph(
    read: Mapping[str, Source], wanted: Callable[[Import], bool]
) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(
            sorted(
                {
                    imported
                    for statement in source.imports
                    if wanted(statement)
                    for imported in (
                        statement.module,
                        *(f"{statement.module}.{entry}" for entry in statement.names),
                    )
                    if imported in read and imported != name
                }
            )
        )
        for name, source in read.items()
    }


def import_times(outcomes: Mapping[str, Outcome]) -> tuple[ImportTime, ...]:
    """Return what each import loads below it, by whose process it was."""
    return tuple(time for outcome in outcomes.values() for time in _forest(noted(outcome.loads)))


def _forest(loads: Iterable[Loaded]) -> tuple[ImportTime, ...]:
    """Return the imports at the top; in `loads`, each comes after those inside it."""
    waiting: dict[int, list[ImportTime]] = {}
    for load in loads:
        inner = tuple(waiting.pop(load.depth + 1, ()))
        time = ImportTime(load.name, load.total_ns / 1e6, load.self_ns / 1e6, inner)
        waiting.setdefault(load.depth, []).append(time)
    return tuple(waiting.get(1, ()))
