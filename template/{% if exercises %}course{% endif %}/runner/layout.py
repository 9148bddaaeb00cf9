"""Paragraphs on a screen of some columns and rows."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

_MARGIN = re.compile(r" *(?:(?:[-*]|\d+\.) )?")  # of code, or of an item in a list


@dataclass(frozen=True)
class Text:
    """A paragraph; code, which begins with a blank, and items of lists keep their margin."""

    text: str = ""
    style: str = ""  # title, good, bad, quiet


@dataclass
class View:
    """What a screen shows; where there is not room, the output gives way, and then the middle."""

    top: list[Text] = field(default_factory=list)
    middle: list[Text] = field(default_factory=list)
    # A headline, and lines of which the last ones count.
    output: list[Text] = field(default_factory=list, kw_only=True)
    bottom: list[Text] = field(default_factory=list, kw_only=True)


def fitted(view: View, columns: int, rows: int) -> list[Text]:
    """Return the lines of a view, `rows` of them at most."""
    top, middle, bottom = (wrapped(part, columns) for part in (view.top, view.middle, view.bottom))
    room = max(rows - len(top) - len(bottom) - 1, 1)
    if len(middle) > room:
        more = _head("... (too long for this window)", columns)
        middle = [*middle[: room - 1], Text(more, "quiet")]
    headline, *output = wrapped(view.output, columns) or [Text()]
    left = room - len(middle) - 2
    if output and left > 0:
        middle += [Text(), headline, *output[-left:]]
    return [*top, *middle, Text(), *bottom][:rows]


def wrapped(paragraphs: Iterable[Text], columns: int) -> list[Text]:
    """Return paragraphs as lines that fit."""
    lines: list[Text] = []
    for paragraph in paragraphs:
        for line in paragraph.text.split("\n"):
            margin = _margin(line)
            split = _hung(line, margin, columns) if margin else _words(line, columns)
            lines += [Text(part.replace("\u00a0", " "), paragraph.style) for part in split]
    return lines


def bar(done: int, total: int, columns: int) -> str:
    """Return a bar of progress with its numbers: `[####------] 4 of 10`."""
    numbers = f" {done} of {total}"
    length = max(min(columns - len(numbers) - 2, 40), 5)
    full = length * done // max(total, 1)
    return f"[{'#' * full}{'-' * (length - full)}]{numbers}"


def breadth(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_breadth(char) for char in text)


def _breadth(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def matches(item: str, typed: str) -> bool:
    """Return whether an item of a list holds all words that were typed; hyphens do not count."""
    item, typed = (text.casefold().replace("-", "") for text in (item, typed))
    return all(word in item for word in typed.split())


def _margin(line: str) -> int:
    found = _MARGIN.match(line)
    return found.end() if found else 0


def _hung(text: str, margin: int, columns: int) -> list[str]:
    """Return a line as several with a margin, ended between words where that is possible."""
    lines: list[str] = []
    while breadth(text) > columns:
        head = _head(text, max(columns, 2))
        is_whole = text[len(head) :].startswith(" ")
        end = (head if is_whole else head.rpartition(" ")[0]).rstrip(" ")
        if not end or 2 * margin > columns:  # there is not a word that fits
            return [*lines, *_chopped(text, columns)]
        lines.append(end)
        text = " " * margin + text[len(end) :].lstrip(" ")
    return [*lines, text]


def _chopped(text: str, columns: int) -> list[str]:
    lines = []
    while breadth(text) > columns:
        lines.append(_head(text, max(columns, 2)))
        text = text[len(lines[-1]) :]
    return [*lines, text]


def _head(text: str, columns: int) -> str:
    taken = 0
    for number, char in enumerate(text):
        taken += _breadth(char)
        if taken > columns:
            return text[:number]
    return text


def _words(text: str, columns: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if breadth(longer) <= columns:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        *full, lines[-1] = _chopped(word, columns)
        lines[-1:-1] = full
    return lines
