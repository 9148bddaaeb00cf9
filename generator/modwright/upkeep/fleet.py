"""Many projects at once, on all processors."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from modwright.scaffold.source import Source
from modwright.upkeep.rendering import Workshop
from modwright.upkeep.status import Status, find_status

FEW = 4  # projects, for which another process is not worth its start


def find_all(projects: Sequence[Path], source: Source) -> list[Status]:
    """Return where each project stands, in the order in which they are named."""
    workers = min(os.cpu_count() or 1, len(projects) // FEW)
    if workers < 2:  # noqa: PLR2004 (one is this process)
        return _find(projects, source)
    found = [Status("")] * len(projects)
    with multiprocessing.Pool(workers, _end_when_told) as pool:
        parts = [(projects[first::workers], source) for first in range(workers)]
        for first, part in enumerate(pool.starmap(_find, parts, chunksize=1)):
            found[first::workers] = part
    return found


def _find(projects: Sequence[Path], source: Source) -> list[Status]:
    with Workshop(source) as workshop:
        return [find_status(project, workshop) for project in projects]


def _end_when_told() -> None:
    """Leave Ctrl-C to the first process, which then tells the others, and these tidy up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
