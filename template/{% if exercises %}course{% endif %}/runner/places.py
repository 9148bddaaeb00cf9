"""The places that learners fill: filled by the course's own solution, emptied, and shown.

A definition is found by its name, so whatever else a learner has written stays as it is.
"""

import ast
import re
from pathlib import Path
from textwrap import dedent

from . import files
from .exercises import COURSE, CourseProblem, Exercise, Place, load

SOLVED = f"{COURSE}/solved"  # the files as they are when all is solved
START = f"{COURSE}/start"  # those that a solution deletes, and what no rule can derive

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Span = tuple[int, int]  # the first line, and the one after the last, counted from 0


def solve(root: Path, exercise: Exercise) -> None:
    """Write the course's own solution into the project.

    Raises:
        CourseProblem: The course holds none, or a file cannot be read or written. No file has
            changed, unless writing the second of several was what failed.
    """
    changes: dict[str, str | None] = {}
    for place in exercise.places:
        solved = _read(root / SOLVED / place.file)
        changes[place.file] = _with(root, changes, place, solved, _taken(solved, place))
    changes |= dict.fromkeys(exercise.removes)
    _apply(root, changes)


def reset(root: Path, exercise: Exercise) -> None:
    """Make an exercise's places what they were before anybody solved it.

    Raises:
        CourseProblem: As for `solve`.
    """
    changes: dict[str, str | None] = {}
    for place in exercise.places:
        start = root / START / place.file
        if place.name:
            solved = _read(root / SOLVED / place.file)
            changes[place.file] = _with(root, changes, place, solved, _empty(root, place, exercise))
        else:
            changes[place.file] = _read(start) if start.exists() else None
    for file in exercise.removes:
        changes[file] = _read(root / START / file)
    _apply(root, changes)


def solution(root: Path, exercise: Exercise) -> str:
    """Return the course's own solution as a text to read.

    Raises:
        CourseProblem: The course holds none.
    """
    parts = []
    for place in exercise.places:
        text = _taken(_read(root / SOLVED / place.file), place)
        parts.append(f"# {place.file}\n\n{dedent(text).strip()}\n")
    parts += [f"# {file}\n\n(deleted)\n" for file in exercise.removes]
    return "\n\n".join(parts)


def line_of(root: Path, place: Place) -> int | None:
    """Return the line that a place begins at in the learner's file, if it is there."""
    if not place.name:
        return None
    try:
        span = _find(_read(root / place.file), place.name)
    except CourseProblem:
        return None
    return span[0] + 1 if span else None


def _with(root: Path, changes: dict[str, str | None], place: Place, solved: str, text: str) -> str:
    """Return the learner's file with another text at a place."""
    if not place.name:
        return text
    present = changes.get(place.file)
    if present is None:
        there = (root / place.file).exists()
        present = _read(root / place.file) if there else _unsolved(root, place.file, solved)
    return _put(present, place.name, text, solved)


def _unsolved(root: Path, file: str, solved: str) -> str:
    """Return a file as it was before the first exercise."""
    text = solved
    for exercise in load(root):
        for place in exercise.places:
            if place.name and place.file == file:
                text = _put(text, place.name, _empty(root, place, exercise), solved)
    return text


def _taken(text: str, place: Place) -> str:
    """Return a place's own part of a file: its definition, or all of it."""
    if not place.name:
        return text
    span = _find(text, place.name)
    if not span:
        raise CourseProblem(f"{SOLVED}/{place.file} holds no {place.name}")
    return "".join(_lines(text)[slice(*span)])


def _empty(root: Path, place: Place, exercise: Exercise) -> str:
    """Return a definition as it was before anybody solved it.

    That is a function which says that it has no body yet, as includes/course.jinja makes it,
    unless the course holds another beginning.
    """
    start = root / START / place.file
    if start.exists():
        return _taken(_read(start), place)
    solved = _read(root / SOLVED / place.file)
    node = _node(ast.parse(solved), place.name)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        raise CourseProblem(f"{exercise.name}: {START}/{place.file} has to hold {place.name}")
    lines = _lines(solved)
    margin = " " * node.body[0].col_offset
    return "".join(
        [
            *lines[_span(node)[0] : _body_starts(node, lines)],
            f"{margin}# The task: {COURSE}/{exercise.name}/page.md\n",
            f'{margin}raise NotImplementedError("exercise {exercise.name}: {_problem(place)}")\n',
        ]
    )


def _problem(place: Place) -> str:
    return f"{place.name}() has no body yet"


def _body_starts(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """Return the line at which a function's body starts, comments included, its docstring not."""
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        return first.end_lineno or first.lineno
    start = _span(first)[0] if isinstance(first, _Definition) else first.lineno - 1
    while lines[start - 1].strip() == "" or lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


# Definitions ------------------------------------------------------------------------------


def _put(text: str, name: str, definition: str, solved: str) -> str:
    """Return a text with a definition in place of the one of its name, or where it belongs."""
    text = text if text.endswith("\n") or not text else f"{text}\n"
    lines = _lines(text)
    span = _find(text, name)
    if span:
        return "".join([*lines[: span[0]], definition, *lines[span[1] :]])
    outer, _, own = name.rpartition(".")
    if outer and not _find(text, outer):
        whole = _put(solved, name, definition, solved)
        return _put(text, outer, _taken(whole, Place("", outer)), solved)
    blank = "\n" if outer else "\n\n"
    before, after = _neighbours(ast.parse(solved), outer, own)
    for neighbour in before:
        if span := _find(text, neighbour):
            return "".join([*lines[: span[1]], blank, definition, *lines[span[1] :]])
    for neighbour in after:
        if span := _find(text, neighbour):
            return "".join([*lines[: span[0]], definition, blank, *lines[span[0] :]])
    end = (_find(text, outer) or (0, len(lines)))[1] if outer else len(lines)
    return "".join([*lines[:end], blank, definition, *lines[end:]])


def _neighbours(tree: ast.Module, outer: str, name: str) -> tuple[list[str], list[str]]:
    """Return the definitions before one, nearest first, and those after it."""
    parent = _node(tree, outer) if outer else tree
    names = [child.name for child in getattr(parent, "body", []) if isinstance(child, _Definition)]
    own = names.index(name)
    full = [f"{outer}.{each}" if outer else each for each in names]
    return full[:own][::-1], full[own + 1 :]


def _find(text: str, name: str) -> _Span | None:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return _guess(_lines(text), name)
    node = _node(tree, name)
    return _span(node) if node else None


def _node(tree: ast.Module, name: str) -> _Definition | None:
    node: ast.Module | _Definition = tree
    for part in name.split("."):
        # The last one of a name counts, as it does for Python.
        for child in reversed(node.body):
            if isinstance(child, _Definition) and child.name == part:
                node = child
                break
        else:
            return None
    return None if isinstance(node, ast.Module) else node


def _span(node: _Definition) -> _Span:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return first - 1, node.end_lineno or node.lineno


def _guess(lines: list[str], name: str) -> _Span | None:
    """Find a definition by its margin, in a file that Python cannot read."""
    first, end, margin = 0, len(lines), -1
    for part in name.split("."):
        header = re.compile(rf"( *)(?:async +def|def|class) +{re.escape(part)}\b")
        for number in range(first, end):
            found = header.match(lines[number])
            if found and len(found[1]) > margin:
                first, margin = number, len(found[1])
                break
        else:
            return None
        end = _end(lines, first + 1, end, margin)
    while first and lines[first - 1].startswith(" " * margin + "@"):
        first -= 1
    return first, end


def _end(lines: list[str], start: int, end: int, margin: int) -> int:
    """Return the line after the last one that stands deeper than a margin."""
    last = start
    for number in range(start, end):
        line = lines[number].rstrip()
        if not line or line.lstrip().startswith("#"):
            continue
        deep = len(line) - len(line.lstrip())
        if deep <= margin and not line.lstrip().startswith((")", "]", "}")):
            break
        last = number + 1
    return last


# Files ------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    """Return the lines as Python counts them."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as problem:
        raise CourseProblem(f"{file} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise CourseProblem(f"{file} is not UTF-8") from None


def _apply(root: Path, changes: dict[str, str | None]) -> None:
    for name, text in changes.items():
        file = root / name
        try:
            if text is None:
                files.delete(file, root)
            else:
                files.replace(file, _in_the_way_of(file, text))
        except OSError as problem:
            raise CourseProblem(f"{file} cannot be written: {problem.strerror}") from None


def _in_the_way_of(file: Path, text: str) -> bytes:
    """Return a text with the ends of lines, and the mark at the beginning, that a file has."""
    before = file.read_bytes() if file.exists() else b""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")
