"""What is told of where projects stand."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from modwright.upkeep.status import Status
from modwright.upkeep.telling import quoted, short
from modwright_check.model.wording import counted, visible

HEADINGS = ("project", "version", "newest", "preset", "drift", "changed", "committed", "conflicts")
NEWER = {True: "newer", False: "up to date", None: "?"}


def told(found: Sequence[Status], form: str) -> str:
    """Return a table for people or for a pull request, or all of it as one object."""
    if form == "json":
        return json.dumps({"schema": 1, "projects": [asdict(one) for one in found]}, indent=2)
    rows = [HEADINGS, *map(_cells, found)]
    lines = _markdown(rows) if form == "markdown" else _text(rows)
    return "\n".join(map(visible, (*lines, *_problems(found), *_advice(found))))


def _cells(status: Status) -> tuple[str, ...]:
    if status.problem:
        return (status.project, short(status.version or "?"), *"??????")
    return (
        status.project,
        short(status.version or "?"),
        short(status.newest or "?") if status.behind else "up to date",
        NEWER[status.preset_is_newer] if status.preset else "",
        str(len(status.drift)),
        str(len(status.changed)),
        "yes" if status.committed else "no",
        str(len(status.conflicts)),
    )


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


def _advice(found: Sequence[Status]) -> Iterator[str]:
    between = [status for status in found if status.newest and not status.is_release]
    if between:
        yield ""
        yield f"Renovate skips {counted(len(between), 'project')} that no release has made:"
        yield "`modwright update --to TAG` moves a project to a release."


def _problems(found: Sequence[Status]) -> Iterator[str]:
    for status in found:
        if status.problem:
            yield ""
            yield f"{status.project}: {status.problem}"
