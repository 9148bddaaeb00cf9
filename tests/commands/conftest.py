"""A person at a terminal."""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

OnTerminal = Callable[..., tuple[int, str]]
PATIENCE = 120  # seconds without a sign of life


@pytest.fixture
def on_terminal(tmp_path: Path) -> Iterator[OnTerminal]:
    """Run the real command on a terminal; type each reply once its prompt has been shown."""
    pytest.importorskip("pty", reason="Windows has no pseudo-terminals of this kind")
    started: list[subprocess.Popen[bytes]] = []

    def on_terminal(
        *arguments: str, replies: tuple[tuple[str, str], ...] = (), **settings: str
    ) -> tuple[int, str]:
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "modwright", *arguments],
            cwd=tmp_path,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "200"} | settings,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        started.append(process)
        os.close(theirs)
        waiting = list(replies)
        screen, seen = "", 0
        with suppress(OSError):  # which Linux raises at the end of a terminal
            while select.select([ours], [], [], PATIENCE)[0] and (chunk := os.read(ours, 65536)):
                screen += chunk.decode(errors="replace")
                if waiting and (found := screen.find(waiting[0][0], seen)) >= 0:
                    seen = found + len(waiting[0][0])
                    os.write(ours, waiting.pop(0)[1].encode())
        os.close(ours)
        assert not waiting, f"never asked: {waiting}\n{screen}"
        return process.wait(PATIENCE), screen

    yield on_terminal
    for process in started:
        process.kill()
        process.wait()
