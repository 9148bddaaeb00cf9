"""The course as plain lines, for a pipe, a screen reader, or a terminal that cannot redraw."""

import os
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from .layout import Text, View, matches, wrapped


class PlainLines:
    """What was written stays; keys are letters with Enter behind them."""

    keys_need_enter = True

    def __init__(self) -> None:
        """Begin to read."""
        self._shown: list[Text] = []
        self._typed: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def draw(self, view: View) -> None:
        """Print a view, unless it was the last one."""
        lines = [*view.top, *view.middle, Text(), *view.output, *view.bottom]
        if lines != self._shown:
            self._shown = lines
            self._print([*lines, Text()])

    def renew(self) -> None:
        """Print the next view, even if it is the one before: a check has said so once more."""
        self._shown = []

    def key(self, seconds: float) -> str:
        """Return the first letter of a line, or nothing when none was written in time.

        Raises:
            EOFError: There will not be another.
        """
        line = self._next(seconds)
        return "" if line is None else line[:1] or "enter"

    def ask(self, question: str) -> bool:
        """Return whether the answer to a question is yes."""
        self._print([Text(f"{question} (y or n, then Enter)")])
        return self._line().casefold().startswith("y")

    def show(self, title: str, paragraphs: Sequence[Text], _: Callable[[], bool]) -> None:
        """Print a text."""
        self._print([Text(title), Text(), *paragraphs, Text()])

    def choose(self, title: str, items: Sequence[str], chosen: int) -> int | None:
        """Return the number of the item that the learner goes to, or None."""
        self._print([Text(title), *(Text(f" {item}") for item in items)])
        self._print([Text("Its number or a part of its title, then Enter; nothing stays here.")])
        typed = self._line().casefold()
        numbers = [number for number, item in enumerate(items) if item.split()[0] == typed]
        numbers += [number for number, item in enumerate(items) if matches(item, typed)]
        return numbers[0] if typed and numbers else None

    def _line(self) -> str:
        line = None
        while line is None:
            line = self._next(0.5)  # a wait without end would not let Ctrl-C in on Windows
        return line

    def _next(self, seconds: float) -> str | None:
        with suppress(queue.Empty):
            line = self._typed.get(timeout=seconds)
            if line is None:
                self._typed.put(None)  # there will not be another the next time, either
                raise EOFError
            return line
        return None

    def _print(self, paragraphs: Sequence[Text]) -> None:
        columns = shutil.get_terminal_size().columns - 1
        for line in wrapped(paragraphs, columns):
            sys.stdout.write(f"{line.text.rstrip()}\n")
        sys.stdout.flush()

    def _read(self) -> None:
        """Hand on each line; not by sys.stdin, which a thread that waits would hold at the end."""
        rest = b""
        while True:
            try:
                read = os.read(0, 4096)
            except OSError:
                read = b""
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                self._typed.put(line.decode("utf-8", "replace").strip())
            if not read:
                if rest:
                    self._typed.put(rest.decode("utf-8", "replace").strip())
                self._typed.put(None)
                return
