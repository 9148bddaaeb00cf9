"""What is told of where projects stand."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from modwright.reporting.wording import visible
from modwright.upkeep.status import Status
from modwright.upkeep.telling import quoted, short

HEADINGS = ("project", "version", "newest", "drift", "changed", "committed", "conflicts")


def told(found: Sequence[Status], form: str) -> str:
    """Return a table for people or for a pull request, or all of it as one object."""
    if form == "json":
        return json.dumps({"schema": 1, "projects": [asdict(one) for one in found]}, indent=2)
    rows = [HEADINGS, *map(_cells, found)]
    lines = _markdown(rows) if form == "markdown" else _text(rows)
    return "\n".join(map(visible, (*lines, *_problems(found))))


def _cells(status: Status) -> tuple[str, ...]:
    if status.problem:
        return (status.project, short(status.version or "?"), *"?????")
    newest = short(status.newest or "?") if status.behind else "has it"
    conflicts = str(len(status.conflicts) or "") if status.behind else ""
    committed = "yes" if status.committed else "no"
    drift = str(len(status.drift) or "")
    changed = str(len(status.changed) or "")
    version = short(status.version or "?")
    return (status.project, version, newest, drift, changed, committed, conflicts)


def _text(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _markdown(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"| {' | '.join(map(quoted, row))} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"


def _problems(found: Sequence[Status]) -> Iterator[str]:
    for status in found:
        if status.problem:
            yield ""
            yield f"{status.project}: {status.problem}"
