"""What happened in a check, told in words, and where in the learner's own code."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from . import missing
from .blaming import blamed, named
from .exercises import COURSE, CourseProblem, Exercise, load

EXPLAINED = {
    "ModuleNotFoundError": "Python found no module of that name. {modules}",
    "ImportError": "The module is there, but it does not have that name when it is asked for it.",
    "NotImplementedError": "A function that is called here is not written yet.",
    "NameError": "Python knows no such name here. Is it spelt right? Is it imported?",
    "AttributeError": "What stands before the dot has nothing of that name. Is it spelt right?",
    "TypeError": "A value of the wrong kind, or a call with too many or too few arguments.",
    "ValueError": "A value of the right kind, but not one that can be used here.",
    "KeyError": "A dictionary has no such key.",
    "IndexError": "A list or a text is shorter than that.",
    "ZeroDivisionError": "A number was divided by zero.",
    "FileNotFoundError": "There is no such file, seen from the project's folder.",
    "PermissionError": "The system does not let your code do that to this file.",
    "TabError": "Blanks and tabs are mixed at the beginning of the line.",
    "IndentationError": "The line begins with too many blanks, or too few.",
    "SyntaxError": "Python cannot read this line; sometimes the fault is in the line above.",
    "RecursionError": "A function calls itself without end. Which call shall be the last?",
    "MemoryError": "The memory is full. Look for a loop that never stops adding.",
    "EOFError": "A check gives no input: input() has nothing to read.",
    "OperationalError": "SQLite cannot do what the SQL says. Look at its words, commas and names.",
    "SystemExit": "Your code ended the program itself.",
    "AssertionError": "An assert in your code did not hold.",
}
# What a message says decides before its kind does.
EXPLAINED_BY_MESSAGE = {
    "circular import": "Modules import one another in a circle, and the one that began is not ready "
    "yet.",
    "'NoneType' object has no attribute": "What stands before the dot is None. Was nothing found, or "
    "is a `return` missing?",
    "NoneType": "A value here is None. Was nothing found, or is a `return` missing?",
    "Incorrect number of bindings": "The values have to be a tuple, with one for each `?`. A tuple of "
    "one needs a comma: `(area,)`",
    "parameters are of unsupported type": "The values have to be a tuple. A tuple of one needs a "
    "comma: `(area,)`",
}

_HOLE = re.compile(r"(?:\A|NotImplementedError: )exercise (\d+_\w+): (.*)")

# What comes after the name of a file, when a check was broken off there.
OUTPUT = 64 * 1024  # bytes that a check may print
FLOOD = f"printed more than {OUTPUT // 1024} KB. Look for a loop that prints and never ends."
ENDED = "ended Python itself{how}, and so the check saw nothing."
ENDLESS = "did not come to an end within {seconds:g} s. Look for a loop that never ends."


@dataclass(frozen=True)
class Outcome:
    """What a check has shown."""

    passed: bool
    message: str  # the first failure in words; lines that begin with a blank are not to be wrapped
    file: str | None = None  # where, seen from the project's root, with slashes
    line: int | None = None
    output: str = ""  # what the code has printed, without what would steer a terminal
    seconds: float = 0.0

    def says_the_same_as(self, other: "Outcome") -> bool:
        """Return whether a learner would read the same, but for how long it took."""
        return replace(self, seconds=other.seconds) == other


@dataclass(frozen=True)
class _Task:
    """An exercise in a project, and which paths in it are the learner's own."""

    root: Path
    exercise: Exercise

    def own(self, path: str) -> str | None:
        """Return a path below the root if the file is the learner's, and None if it is not."""
        try:
            inside = Path(path).resolve().relative_to(self.root)
        except (OSError, ValueError):
            return None
        if not Path(path).is_file():  # <frozen importlib._bootstrap>
            return None
        parts = inside.parts
        hidden = any(part.startswith(".") or part == "site-packages" for part in parts)
        of_course = parts[0] == COURSE and (parts[1:2] == ("runner",) or parts[-1] == "check.py")
        return None if hidden or of_course else inside.as_posix()

    def innermost(self, frames: Iterable[Any]) -> tuple[str, int] | None:
        """Return the last of some frames that lies in the learner's code."""
        for path, line in reversed(list(frames)):
            if file := self.own(path):
                return file, int(line)
        return None

    def is_check(self, path: str) -> bool:
        """Return whether a path is that of the check itself."""
        return Path(path) == self.root / self.exercise.check

    def words(self, text: str) -> str:
        """Return what an error says, with paths as they are seen from the project's root."""
        text = re.sub(r" at 0x[0-9A-Fa-f]+(?=>)", "", text)  # where it lies in memory
        return printable(text.replace(f"{self.root}{os.sep}", "")).strip()


def of_result(root: Path, exercise: Exercise, result: dict[str, Any]) -> Outcome:
    """Tell the result of `running.run`."""
    error = result["error"]
    if error is None and not result["tests"]:
        return Outcome(False, f"The course is broken: {exercise.name}/check.py holds no test.")
    if error is None:
        return Outcome(True, exercise.learned)
    task = _Task(root.resolve(), exercise)
    if lost := missing.lost(task.root, exercise):
        return Outcome(False, lost.told, lost.file)
    if "line" in error:
        return _unreadable(task, error)
    named_place, error["message"] = named(task.root, error["message"])
    lines = [line for path, line in error["frames"] if task.is_check(path)]
    elsewhere = re.findall(r'^ *File "(.*)", line (\d+)', error["elsewhere"], re.MULTILINE)
    where = named_place or task.innermost(error["frames"]) or task.innermost(elsewhere)
    file, line = where or blamed(task.root, exercise, error["message"], lines)
    parts = [_told(task, error), missing.strayed(task.root, exercise)]
    return Outcome(False, "\n".join(filter(None, parts)), file, line)


def of_trace(root: Path, exercise: Exercise, trace: str, told: str) -> Outcome:
    """Tell that a check was ended, by what faulthandler wrote of where it was."""
    task = _Task(root.resolve(), exercise)
    frames = re.findall(r'^  File "(.*)", line (\d+) in ', trace, re.MULTILINE)
    for path, number in frames:  # the innermost comes first
        if file := task.own(_decoded(path)):
            return Outcome(False, f"{Path(file).name} {told}", file, int(number))
    lines = [int(number) for path, number in reversed(frames) if task.is_check(_decoded(path))]
    file, line = blamed(task.root, exercise, "", lines)
    return Outcome(False, f"{Path(file or '').name} {told}", file, line)


def printable(text: str) -> str:
    """Return what a program has printed or said, without what would steer a terminal."""
    text = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", text)  # colours and movements
    text = re.sub(r"\x1b[\]PX^_].*?(?:\x07|\x1b\\|\Z)", "", text, flags=re.DOTALL)  # titles, links
    text = re.sub(r"\x1b.?", "", text).replace("\r\n", "\n").expandtabs()
    text = re.sub(r"[^\n]*\r", "", text)  # a line that was written over
    return "".join(char if char == "\n" or char.isprintable() else "\ufffd" for char in text)


def _told(task: _Task, error: dict[str, Any]) -> str:
    kind, message = error["kinds"][0], task.words(error["message"])
    if hole := _HOLE.search(message):  # in another process's words, perhaps
        return _not_written(task, *hole.groups())
    if kind == "AssertionError" and task.is_check(error["frames"][-1][0]):
        if re.search(r"\breturns None\b", message) and "`return`" not in message:
            message += ". Is there a `return`?"
        return message or "The check does not hold, and does not say why: look at the page."
    if error["suggestion"]:
        message = f"{message.rstrip('.')}. {task.words(error['suggestion'])}"
    explained = _explained(error["kinds"], message).format(modules=_modules(task, error))
    return f"{kind}: {message}\n{explained}".strip() if message else f"{kind}. {explained}".strip()


def _explained(kinds: Iterable[str], message: str) -> str:
    by_kind = (EXPLAINED[kind] for kind in kinds if kind in EXPLAINED)
    by_message = (words for part, words in EXPLAINED_BY_MESSAGE.items() if part in message)
    return next(chain(by_message, by_kind), "")


def _not_written(task: _Task, exercise: str, problem: str) -> str:
    if exercise == task.exercise.name:
        return f"Not written yet: {problem}."
    with suppress(CourseProblem):
        others = {other.name: (number, other) for number, other in enumerate(load(task.root), 1)}
        if exercise in others:
            number, other = others[exercise]
            return f"This needs exercise {number} first, {other.title}: {problem}."
    return f"Not written yet: {problem}."


def _modules(task: _Task, error: dict[str, Any]) -> str:
    """Say where Python has looked for a module."""
    path = error["name"].replace(".", "/")
    if not path:
        return ""
    where = task.innermost(error["frames"])
    if where and _is_beside(task.root / where[0], path):
        return f"Beside your file: `from .{error['name']} import ...`"
    if (task.root / "src" / path.partition("/")[0]).is_dir():
        return f"It would lie in src/{path}.py or in src/{path}/__init__.py."
    return "It is neither a part of Python, nor a file in src/, nor installed here."


def _is_beside(file: Path, name: str) -> bool:
    """Return whether a module of a name lies in the same package as a file."""
    folder = file.parent
    there = folder / f"{name}.py", folder / name / "__init__.py"
    return (folder / "__init__.py").is_file() and any(path.is_file() for path in there)


def _unreadable(task: _Task, error: dict[str, Any]) -> Outcome:
    path, number, column, text = error["line"]
    kind, message = error["kinds"][0], task.words(error["message"])
    told = [f"{kind}: {message}", EXPLAINED.get(kind, EXPLAINED["SyntaxError"])]
    if text:
        shown = printable(text.rstrip().expandtabs(1))
        cut = len(shown) - len(shown.lstrip())
        told += [f"    {shown.lstrip()}", "    " + " " * max((column or 1) - 1 - cut, 0) + "^"]
    file = task.own(path) if path else None
    return Outcome(False, "\n".join(told), file or path, number)


def _decoded(path: str) -> str:
    """Return a path as it is: faulthandler writes ASCII alone."""
    return re.sub(
        r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))",
        lambda found: chr(int(next(digits for digits in found.groups() if digits), 16)),
        path,
    )
