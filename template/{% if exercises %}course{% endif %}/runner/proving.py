"""The author's check: every exercise fails unsolved, passes solved, and needs what it says."""

import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import interpreter, places
from .checking import Outcome, check
from .exercises import CourseProblem, Exercise, load
from .jobs import in_parallel

LINES, COLUMNS = 40, 78  # of a page
HINTS = 2

_LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", ".*_cache", "__pycache__", "node_modules", "build", "dist"
)


def prove(root: Path) -> list[str]:
    """Return what is wrong with the course in a project, in which nothing is solved yet.

    Each exercise is tried in copies of the project, in as many at once as there are processors:
    with all the earlier ones solved, and with those that it `needs` alone. When all are solved, all
    have to pass still.
    """
    root = root.resolve()
    try:
        exercises = load(root)
    except CourseProblem as problem:
        return [str(problem)]
    with tempfile.TemporaryDirectory() as folder:
        trial = _Trial(root, Path(folder), interpreter.of(root))
        works = [partial(_together, trial, exercises)]
        for number, exercise in enumerate(exercises):
            earlier = exercises[:number]
            works.append(partial(_problems, trial, earlier, exercise))
            if exercise.needs is not None:
                works.append(partial(_alone, trial, _needed(exercise, earlier), exercise))
        together, *found = in_parallel(works, threading.Event())
    return [problem for problems in [*found, together] for problem in problems]


@dataclass(frozen=True)
class _Trial:
    """Where the project is, where copies of it may lie, and what checks run in."""

    root: Path
    folder: Path
    python: str

    @contextmanager
    def copy(self, solved: Iterable[Exercise]) -> Iterator[Path]:
        """Yield a copy of the project in which some exercises are solved."""
        copy = Path(tempfile.mkdtemp(dir=self.folder), self.root.name)
        shutil.copytree(self.root, copy, symlinks=True, ignore=_LEFT_OUT)
        for exercise in solved:
            places.solve(copy, exercise)
        yield copy
        shutil.rmtree(copy.parent, ignore_errors=True)


def _problems(
    trial: _Trial, earlier: list[Exercise], exercise: Exercise, stop: threading.Event
) -> list[str]:
    found = [*_of_texts(exercise)]
    try:
        with trial.copy(earlier) as copy:
            found += _of_check(copy, exercise, trial.python, stop)
            before = _contents(copy, exercise)
            places.solve(copy, exercise)
            places.reset(copy, exercise)
            for file, content in _contents(copy, exercise).items():
                if content != before[file]:
                    found.append(f"to reset it does not give back {file} as it was")
    except CourseProblem as problem:
        found.append(str(problem))
    return [f"{exercise.name}: {problem}" for problem in found]


def _alone(
    trial: _Trial, needed: list[Exercise], exercise: Exercise, stop: threading.Event
) -> list[str]:
    try:
        with trial.copy(needed) as copy:
            found = _of_check(copy, exercise, trial.python, stop)
    except CourseProblem:
        found = []  # said already: the earlier ones hold those that are needed
    names = ", ".join(other.name for other in needed) or "nothing"
    return [f"{exercise.name}: with {names} solved before, {problem}" for problem in found]


def _together(trial: _Trial, exercises: list[Exercise], stop: threading.Event) -> list[str]:
    """Return which solutions break an earlier exercise, to judge by the course's end."""
    try:
        with trial.copy(exercises) as copy:
            broken = [
                exercise
                for exercise in exercises
                if not check(copy, exercise, python=trial.python, stop=stop).passed
            ]
        return [problem for each in broken for problem in _breaker(trial, exercises, each, stop)]
    except CourseProblem:
        return []  # said already


def _breaker(
    trial: _Trial, exercises: list[Exercise], broken: Exercise, stop: threading.Event
) -> Iterator[str]:
    for number in range(exercises.index(broken), len(exercises)):
        with trial.copy(exercises[: number + 1]) as copy:
            outcome = check(copy, broken, python=trial.python, stop=stop)
        if not outcome.passed:
            breaker = exercises[number]
            if breaker != broken:  # which is said already
                yield f"{breaker.name}: solved, it breaks {broken.name}: {_line(outcome)}"
            return


def _of_check(copy: Path, exercise: Exercise, python: str, stop: threading.Event) -> list[str]:
    """Return what is wrong with a check, and leave the exercise as it was."""
    found = []
    outcome = check(copy, exercise, python=python, stop=stop)
    if outcome.passed:
        found.append("unsolved, it passes; if it is solved in this project, reset it first")
    elif exercise.fails not in outcome.message:
        found.append(f"unsolved, it fails without a word of '{exercise.fails}': {_line(outcome)}")
    before = _contents(copy, exercise)
    places.solve(copy, exercise)
    outcome = check(copy, exercise, python=python, stop=stop)
    if not outcome.passed:
        found.append(f"solved, it fails: {_line(outcome)}")
    _restore(copy, before)
    return found


def _of_texts(exercise: Exercise) -> Iterator[str]:
    lines = exercise.page.read_text(encoding="utf-8").splitlines()
    if len(lines) > LINES:
        yield f"page.md has {len(lines)} lines, and {LINES} are one screen"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f"page.md:{number} has {len(line)} columns, and {COLUMNS} fit"
    for section in ("Why", "Task"):
        if f"## {section}" not in lines:
            yield f"page.md has no section ## {section}"
    if len(exercise.hints) != HINTS or not all(exercise.hints):
        yield f"exercise.toml needs {HINTS} hints"
    for key in ("fails", "learned"):
        if not getattr(exercise, key):
            yield f"exercise.toml: {key} says nothing"
    if not (exercise.folder / "check.py").is_file():
        yield "there is no check.py"


def _needed(exercise: Exercise, earlier: list[Exercise]) -> list[Exercise]:
    """Return what an exercise needs, and what that needs in turn, in the course's order."""
    names = {exercise.name}
    for other in reversed([*earlier, exercise]):
        if other.name in names:
            before = (each.name for each in earlier if _number(each) < _number(other))
            names |= set(before if other.needs is None else other.needs)
    return [other for other in earlier if other.name in names]


def _number(exercise: Exercise) -> tuple[int, str]:
    return int(exercise.name.partition("_")[0]), exercise.name


def _contents(copy: Path, exercise: Exercise) -> dict[str, bytes | None]:
    files = {name: copy / name for name in exercise.files}
    return {name: file.read_bytes() if file.exists() else None for name, file in files.items()}


def _restore(copy: Path, contents: dict[str, bytes | None]) -> None:
    for name, content in contents.items():
        if content is None:
            (copy / name).unlink(missing_ok=True)
        else:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(content)


def _line(outcome: Outcome) -> str:
    where = f" ({outcome.file}:{outcome.line or 1})" if outcome.file else ""
    return " / ".join(outcome.message.splitlines()) + where
