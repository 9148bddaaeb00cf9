"""What a hand-in can do: each exercise in a copy of the leader's course, and apart."""

import ast
import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.kits.collection.contained import Jail
from modwright.kits.collection.courses import Course, Exercise
from modwright.kits.collection.receiving import HandIn, NotTaken

SOURCES = "src/"
MOST_HANGS = 3  # of one hand-in; the rest of it is not run then
LONGEST = 2000  # letters of a message or of a piece of code
LARGEST_SOURCE = 100_000  # bytes of a file that is parsed here

# Runs the check of an exercise by the course's own runner, of the leader's copy.
_CHECKING = """
import json, os, sys
from pathlib import Path
course, root, name = sys.argv[1:]
sys.path.insert(0, os.path.join(course, "course"))
from runner.checking import check
from runner.exercises import load
exercise = next(each for each in load(Path(course)) if each.name == name)
outcome = check(Path(root), exercise, python=sys.executable)
print(json.dumps([outcome.passed, outcome.message, outcome.seconds]))
"""


class State(Enum):
    """What has become of an exercise."""

    PASSED = "passed"
    FAILED = "failed"
    UNTOUCHED = "not begun"
    WAITS = "waits for another one"
    HANGS = "does not end"
    BROKEN = "breaks its check"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Result:
    """What has become of an exercise of one person.

    Args:
        state: In short.
        message: What its check says.
        wrote: What stands at its place, when it is wrong.
    """

    state: State
    message: str = ""
    wrote: str = ""


def assess(handed: HandIn, course: Course, jail: Jail) -> dict[str, Result]:
    """Return what has become of each exercise of a hand-in.

    Raises:
        NotTaken: Its files cannot be laid out here.
    """
    results: dict[str, Result] = {}
    for exercise in course.exercises:
        hangs = sum(result.state is State.HANGS for result in results.values())
        waits = any(results[need].state is not State.PASSED for need in exercise.needs)
        if not _is_begun(handed, course, exercise):
            results[exercise.name] = Result(State.UNTOUCHED)
        elif hangs >= MOST_HANGS or jail.is_over:
            results[exercise.name] = Result(State.NOT_RUN)
        elif waits:
            results[exercise.name] = Result(State.WAITS)
        else:
            results[exercise.name] = _checked(handed, course, exercise, jail)
    return results


def _is_begun(handed: HandIn, course: Course, exercise: Exercise) -> bool:
    """Return whether a person has changed what stands at the places of an exercise."""
    if any(path not in handed.files for path in exercise.removes):
        return True
    return any(
        _at(handed.files.get(_file(place)), place) != _at(_pristine(course, place), place)
        for place in exercise.places
    )


def _checked(handed: HandIn, course: Course, exercise: Exercise, jail: Jail) -> Result:
    with TemporaryDirectory(dir=jail.folder, ignore_cleanup_errors=True) as folder:
        work = Path(folder).resolve()
        _lay_out(handed, course, work)
        arguments = (str(course.subject.folder), str(work), exercise.name)
        ran = jail.run(_CHECKING, arguments, work, exercise.seconds)
    if ran.exit_code is None:
        return Result(State.HANGS, wrote=_wrote(handed, exercise))
    try:
        passed, message, seconds = json.loads(ran.stdout.strip().rpartition("\n")[2])
        took_too_long = float(seconds) >= exercise.seconds
    except (ValueError, TypeError, RecursionError):
        said = ran.stderr.strip().rpartition("\n")[2] or _ended(ran.exit_code)
        return Result(State.BROKEN, said[:LONGEST], _wrote(handed, exercise))
    if passed is True:
        return Result(State.PASSED)
    state = State.HANGS if took_too_long else State.FAILED
    return Result(state, str(message)[:LONGEST], _wrote(handed, exercise))


def _ended(exit_code: int) -> str:
    if exit_code < 0:
        return "it was ended: it forks without end, fills the disk, or ends its own processes"
    return f"exit code {exit_code}"


def _lay_out(handed: HandIn, course: Course, folder: Path) -> None:
    """Write the leader's course, with a person's sources and places in it."""
    contents = {
        path.as_posix(): (course.subject.folder / path).read_bytes()
        for path in course.subject.files
        if not _is_learners(path.as_posix(), course)
    }
    contents |= {
        path: content for path, content in handed.files.items() if _is_learners(path, course)
    }
    try:
        for path, content in contents.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except (OSError, ValueError) as error:  # a name that no file can have here
        raise NotTaken(f"its files cannot be laid out: {error}") from None


def _is_learners(path: str, course: Course) -> bool:
    return path.startswith(SOURCES) or path in course.files


def _wrote(handed: HandIn, exercise: Exercise) -> str:
    """Return what stands at the places of an exercise."""
    parts = (_at(handed.files.get(_file(place)), place) for place in exercise.places)
    return "\n\n".join(part for part in parts if part)[:LONGEST]


def _pristine(course: Course, place: str) -> bytes | None:
    file = course.subject.folder / _file(place)
    return file.read_bytes() if file.is_file() else None


def _at(content: bytes | None, place: str) -> str | None:
    """Return what stands at a place: a definition, or the whole file; None where nothing does."""
    if content is None:
        return None
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    name = place.partition("::")[2]
    if not name or len(content) > LARGEST_SOURCE:
        return text.strip()
    try:
        node: ast.AST | None = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text.strip()
    for part in name.split("."):
        node = _definition(node, part)
    return None if node is None else ast.get_source_segment(text, node)


def _definition(parent: ast.AST | None, name: str) -> ast.AST | None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    body = getattr(parent, "body", ())
    return next((n for n in body if isinstance(n, kinds) and n.name == name), None)


def _file(place: str) -> str:
    return place.partition("::")[0]
