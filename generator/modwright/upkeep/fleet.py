"""Many projects at once, on all processors.

A part of them is found out by this process, each other part by one that is started anew: it takes
paths as arguments and writes what it has found to stdout.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from modwright.scaffold.source import find_source
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.status import Status, find_status
from modwright_check.system.signals import raise_on_signals

FEW = 4  # projects, for which another process is not worth its start


def find_all(projects: Sequence[Path]) -> list[Status]:
    """Return where each project stands, in the order in which they are named."""
    workers = max(1, min(os.cpu_count() or 1, len(projects) // FEW))
    mine, *parts = (projects[first::workers] for first in range(workers))
    found = [Status("")] * len(projects)
    with ExitStack() as others:
        processes = [others.enter_context(_beside(part)) for part in parts]
        found[::workers] = _find(mine)
        for first, (part, process) in enumerate(zip(parts, processes, strict=True), 1):
            said, _ = process.communicate()
            found[first::workers] = _find(part) if process.returncode else _read(said)
    return found


def _find(projects: Sequence[Path]) -> list[Status]:
    with Workbench(find_source()) as workbench:
        return [find_status(project, workbench) for project in projects]


@contextmanager
def _beside(projects: Sequence[Path]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process for some projects, which ends when this one does not wait for it any more."""
    command = [sys.executable, "-m", "modwright.upkeep.fleet", *map(os.fspath, projects)]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _read(said: bytes) -> list[Status]:
    return [Status(**_with_tuples(status)) for status in json.loads(said)]


def _with_tuples(status: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(said) if isinstance(said, list) else said for key, said in status.items()}


if __name__ == "__main__":
    raise_on_signals()
    json.dump([asdict(status) for status in _find([*map(Path, sys.argv[1:])])], sys.stdout)
