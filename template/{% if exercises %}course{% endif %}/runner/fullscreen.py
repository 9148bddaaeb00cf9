"""The course on one screen, drawn anew in place."""

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from .keyboard import Keyboard
from .layout import Text, View, fitted, matches, wrapped

STYLES = {"title": "\x1b[1m", "good": "\x1b[32m", "bad": "\x1b[31m", "quiet": "\x1b[2m", "": ""}
LATE = 0.5  # seconds for which a q that comes then was meant for the page, and ends no program
WAIT = 0.3  # seconds after which a screen that waits for a key looks whether its size is another


class FullScreen:
    """A terminal that understands where to put what."""

    keys_need_enter = False

    def __init__(self) -> None:
        """Begin on an empty screen."""
        self._keyboard = Keyboard()
        self._drawn = ""
        self._size = (0, 0)
        self._left = -LATE  # when a page was left, by a key or because a file was saved

    def __enter__(self) -> "FullScreen":
        """Take the terminal; raise OSError if it is not one that can be drawn on."""
        self._keyboard.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        """Give it back, with a line of its own for the shell."""
        self._keyboard.__exit__()
        with suppress(OSError):  # it may be gone
            _write("\n")

    def draw(self, view: View) -> None:
        """Show a view, unless it is there already."""
        columns, rows = shutil.get_terminal_size()
        lines = fitted(view, columns - 1, rows)
        drawn = "\x1b[K\n".join(f"{STYLES[line.style]}{line.text}\x1b[0m" for line in lines)
        if (columns, rows) != self._size:
            _write("\x1b[2J")
        elif drawn == self._drawn:
            return
        self._drawn, self._size = drawn, (columns, rows)
        _write(f"\x1b[H{drawn}\x1b[K\x1b[J")

    def renew(self) -> None:
        """Have nothing to do: what is still so stands there."""

    def key(self, seconds: float) -> str:
        """Return the next key, or nothing when none was pressed in time."""
        key = self._keyboard.key(seconds)
        if key == "redraw":
            self._size = (0, 0)
            return ""
        was_for_the_page = time.monotonic() < self._left + LATE
        return "" if key in {"q", "Q"} and was_for_the_page else key

    def ask(self, question: str) -> bool:
        """Return whether the answer to a question is yes."""
        self._keyboard.forget()
        while True:
            self.draw(View(middle=[Text(question, "title")], bottom=[Text("y yes   n no")]))
            key = self.key(WAIT)
            if key:
                return key in {"y", "Y"}

    def show(self, title: str, paragraphs: Sequence[Text], is_over: Callable[[], bool]) -> None:
        """Show a text, a screen at a time, until the learner has seen enough or it is over."""
        first = 0
        while not is_over():
            columns, rows = shutil.get_terminal_size()
            lines = wrapped(paragraphs, columns - 1)
            room = max(rows - 4, 1)
            last = max(len(lines) - room, 0)
            first = min(first, last)
            head, shown = [Text(title, "title"), Text()], lines[first : first + room]
            keys = _keys(first, last, f"({first + room} of {len(lines)} lines)")
            self.draw(View(head, shown, bottom=[Text(keys, "quiet")]))
            key = self.key(WAIT)
            if key in {" ", "down", "page down", "enter"}:
                first = min(first + (1 if key == "down" else room), last)
            elif key in {"b", "up", "page up"}:
                first = max(first - (1 if key == "up" else room), 0)
            elif key in {"q", "Q", "escape"}:
                break
        self._left = time.monotonic()

    def choose(self, title: str, items: Sequence[str], chosen: int) -> int | None:
        """Return the number of the item that the learner goes to, or None."""
        typed = ""
        while True:
            found = [number for number, item in enumerate(items) if matches(item, typed)]
            if found and chosen not in found:
                chosen = found[0]
            room = max(shutil.get_terminal_size().lines - 5, 2)
            rows = room if len(found) <= room else room - 1  # the last line says how many are left
            place = found.index(chosen) if found else 0
            begin = max(min(place - rows // 2, len(found) - rows), 0)
            lines = [
                Text(f" > {items[number]}", "title")
                if number == chosen
                else Text(f"   {items[number]}")
                for number in found[begin : begin + rows]
            ]
            if left := len(found[begin + rows :]):
                lines.append(Text(f"   ... {left} more", "quiet"))
            keys = Text("type to search   up, down   Enter goes there   Esc back")
            head = [Text(f"{title} {typed}_", "title"), Text()]
            self.draw(View(head, lines or [Text("   (none)")], bottom=[keys]))
            key = self.key(WAIT)
            if key == "escape":
                return None
            if key == "enter" and found:
                return chosen
            if key in {"up", "down"} and found:
                chosen = found[(place + (1 if key == "down" else -1)) % len(found)]
            elif key == "backspace":
                typed = typed[:-1]
            elif len(key) == 1 and key.isprintable():
                typed += key


def _keys(first: int, last: int, where: str) -> str:
    """Return what the foot of a text says: which keys do something here."""
    if last == 0:
        return "q back"
    forwards = "end" if first == last else "space on"
    return f"{forwards}   b up   q back   {where}"


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
