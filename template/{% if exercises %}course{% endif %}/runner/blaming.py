"""Which of an exercise's places a failed check is about: the one that it names, or calls."""

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from .exercises import Exercise, Place
from .places import line_of

Where = tuple[str | None, int | None]  # a file, seen from the project's root, and a line in it

_NAMED = re.compile(r"(?P<file>[\w./-]+\.\w+)(?:::(?P<name>[\w.]+)|:(?P<line>\d+))?: ")


def named(root: Path, message: str) -> tuple[Where | None, str]:
    """Return the place that a check's message begins with, if it does so, and the rest.

    It is written `src/shop/utils.py: ...`, with `:12` or `::utc_now` behind the file if that is
    known.
    """
    found = _NAMED.match(message)
    if not found or not (root / found["file"]).is_file():
        return None, message
    line = int(found["line"]) if found["line"] else None
    if found["name"]:
        line = line_of(root, Place(found["file"], found["name"]))
    return (found["file"], line), message[found.end() :]


def blamed(root: Path, exercise: Exercise, message: str, lines: Iterable[int] = ()) -> Where:
    """Return what a message is about, and otherwise what the check calls at some of its lines."""
    files = _files(exercise, message)
    calls = re.findall(r"([A-Za-z_]\w*)\(", message)
    for name in [*calls, *_called(root / exercise.check, list(lines))]:
        for place in _definitions(exercise, files, name):
            line = line_of(root, place)
            if line:
                return place.file, line
    if [place.file for place in exercise.places] == files:  # the only one
        return files[0], line_of(root, exercise.places[0])
    return files[0], None


def _files(exercise: Exercise, message: str) -> list[str]:
    """Return the exercise's files that a message names, the first one first, or all of them."""
    words = re.findall(r"[\w./-]*\w", message)
    known = [file for word in words for file in exercise.files if word in _spellings(file)]
    return known or list(exercise.files)


def _spellings(file: str) -> set[str]:
    path = PurePosixPath(file)
    return {"/".join(path.parts[number:]) for number in range(len(path.parts))}


def _definitions(exercise: Exercise, files: list[str], name: str) -> Iterator[Place]:
    """Yield where a function of a name may stand in some files, as far as the learner writes it."""
    for place in exercise.places:
        if place.file in files and place.name.rpartition(".")[2] in {"", name}:
            yield place if place.name else Place(place.file, name)


def _called(check: Path, lines: list[int]) -> list[str]:
    """Return the names that are called where a check has failed, the nearest first."""
    tree = ast.Module([], [])
    with suppress(OSError, SyntaxError, ValueError):
        tree = ast.parse(check.read_bytes())
    found = []
    for line in reversed(lines):
        around = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.Lambda)
            and node.lineno <= line <= (node.end_lineno or line)
        ]
        for function in reversed(around):  # the innermost one first
            found += _calls(function, line)
    return found


def _calls(function: ast.AST, line: int) -> list[str]:
    """Return the names that a function uses up to a line; a property is used without a call."""
    names = [
        (node.lineno, node.col_offset, node.attr if isinstance(node, ast.Attribute) else node.id)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute | ast.Name) and node.lineno <= line
    ]
    return [name for *_, name in sorted(names, reverse=True)]
