"""A file that git could not merge by itself, as a row of texts and conflicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

# git is told to write markers of this size: no file has such lines by itself, as a heading of
# seven letters in reStructuredText has.
SIZE = 47
USUAL = 7


@dataclass(frozen=True)
class Conflict:
    """Lines that both have changed: as they were, as the project and as the template have them."""

    before: tuple[str, ...]
    yours: tuple[str, ...]
    template: tuple[str, ...]


Lines = tuple[str, ...]
Part = Lines | Conflict


def parse(text: str) -> list[Part]:
    """Split a text with markers of our size into what is settled and what is not."""
    parts: list[Part] = []
    sections: dict[str, list[str]] = {}
    settled: list[str] = []
    into = settled
    for line in StringIO(text, newline="\n"):  # other characters end no line for git
        match line[:SIZE]:
            case mark if mark == "<" * SIZE:
                parts.append(tuple(settled))
                sections = {"<": [], "|": [], "=": []}
                into = sections["<"]
            case mark if sections and mark in {"|" * SIZE, "=" * SIZE}:
                into = sections[mark[0]]
            case mark if sections and mark == ">" * SIZE:
                before, yours, template = (tuple(sections[key]) for key in "|<=")
                parts.append(Conflict(before, yours, template))
                sections = {}
                into = settled = []
            case _:
                into.append(line)
    return [*parts, tuple(settled)]


def written(parts: Sequence[Part], names: tuple[str, str, str]) -> str:
    """Return the text of a file, in which conflicts stand between the markers that people know.

    Args:
        parts: What the file is made of.
        names: Of the project's side, of the common origin, of the template's side.
    """
    return "".join(line for part in parts for line in _lines(part, names))


def place(parts: Sequence[Part], conflict: Conflict) -> int:
    """Return the line at which the markers of a conflict begin."""
    line = 1
    for part in parts:
        if part is conflict:
            break
        line += len(list(_lines(part, ("", "", ""))))
    return line


def _lines(part: Part, names: tuple[str, str, str]) -> Iterable[str]:
    if not isinstance(part, Conflict):
        yield from part
        return
    yours, before, template = names
    yield f"{'<' * USUAL} {yours}\n"
    yield from _ended(part.yours)
    yield f"{'|' * USUAL} {before}\n"
    yield from _ended(part.before)
    yield f"{'=' * USUAL}\n"
    yield from _ended(part.template)
    yield f"{'>' * USUAL} {template}\n"


def _ended(lines: Lines) -> Iterable[str]:
    """Yield lines; the last of a file may have no end, and a marker must not hang on to it."""
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n"
