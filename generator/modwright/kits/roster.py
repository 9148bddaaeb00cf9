"""Who gets a kit: a table of names, and the project that each name becomes."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from modwright.errors import UsageFailed, in_words

NAME, PROJECT = "name", "project"  # columns; the second one is for what a leader wants to call it
LONGEST = 40  # letters of a project's name: paths on Windows are short
_MOST_ROWS = 2000
_DELIMITERS = ",;\t"

# Letters that Unicode does not take apart; the Cyrillic ones as in Russian and Ukrainian.
_LETTERS = """
ß ss æ ae œ oe ø o đ d ð d þ th ł l \u0131 i
а a б b в v г g ґ g д d е e є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р r с s т t у u
ф f х kh ц ts ч ch ш sh щ shch ъ ' ы y ь ' э e ю yu я ya
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f
χ ch ψ ps ω o
"""
_SPELLING = {
    ord(letter): spelt
    for letter, spelt in zip(_LETTERS.split()[::2], _LETTERS.split()[1::2], strict=True)
}


@dataclass(frozen=True)
class Person:
    """Somebody who gets a kit.

    Args:
        line: Of the roster.
        name: As it is written there.
        project: What the project is called.
    """

    line: int
    name: str
    project: str


def read_roster(file: Path) -> list[Person]:
    """Return the people of a roster: a table with a column `name`, or one name a line.

    Raises:
        UsageFailed: It cannot be read, or a line holds no name; the message has the line's number.
    """
    rows = list(_rows(file))
    if not rows:
        raise UsageFailed(f"{file} is empty.")
    head = [cell.strip().lower() for cell in rows[0][1]]
    columns = {title: number for number, title in enumerate(head)} if NAME in head else {NAME: 0}
    people: list[Person] = []
    taken: set[str] = set()
    for line, row in rows[NAME in head :]:
        name = _cell(row, columns[NAME])
        if not name:
            raise UsageFailed(f"{file}, line {line}: there is no name.")
        wanted = _cell(row, columns[PROJECT]) if PROJECT in columns else ""
        project = _project(wanted or name) or f"learner-{line}"
        people.append(Person(line, name, _free(project, taken)))
        taken.add(people[-1].project)
    if not people:
        raise UsageFailed(f"{file} names nobody.")
    return people


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the number of its line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageFailed(f"The roster cannot be read: {in_words(error)}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageFailed(
            f"{file}, line {line}: this is not UTF-8. Save it as CSV in UTF-8."
        ) from None
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
            if reader.line_num > _MOST_ROWS:
                raise UsageFailed(f"{file} has more than {_MOST_ROWS} lines.")
    except csv.Error as error:
        raise UsageFailed(f"{file}, line {reader.line_num}: {error}.") from None


def _cell(row: list[str], column: int) -> str:
    """Return a cell on one line, without what cannot be seen."""
    text = row[column] if column < len(row) else ""
    seen = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(seen.split())


def _project(name: str) -> str:
    """Return what the project of a name can be called: in ASCII, so nothing for some scripts."""
    letters = unicodedata.normalize("NFC", name.lower()).translate(_SPELLING)
    # Once more, for what was a letter with an accent.
    plain = unicodedata.normalize("NFKD", letters).translate(_SPELLING)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub("['\u2019`]", "", plain)
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return f"learner-{words}" if words[:1].isdigit() else words


def _free(project: str, taken: set[str]) -> str:
    number, free = 1, project
    while free in taken:
        number += 1
        free = f"{project}-{number}"
    return free
