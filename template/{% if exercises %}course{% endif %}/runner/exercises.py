"""The exercises of a course, as their folders describe them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

COURSE = "course"
SECONDS = 20.0  # that a check may take which says nothing else


class CourseProblem(Exception):
    """The course, or a file of the project that it works on, is not as it has to be."""


@dataclass(frozen=True)
class Place:
    """What a learner writes: a definition in a file, or the whole of one."""

    file: str  # seen from the project's root, with slashes
    name: str = ""  # as in `Stock.add`; nothing stands for the whole file

    def __str__(self) -> str:
        """Return it as exercise.toml writes it."""
        return f"{self.file}::{self.name}" if self.name else self.file


@dataclass(frozen=True)
class Exercise:
    """One exercise; its text is as its authors wrote it, with the package's name put in."""

    name: str  # its folder's: `02_time`
    title: str
    folder: Path
    page: Path
    places: tuple[Place, ...]
    fails: str  # what the failure says before it is solved
    learned: str
    removes: tuple[str, ...] = ()  # files that the solution deletes
    hints: tuple[str, ...] = ()
    needs: tuple[str, ...] | None = None  # None: any of the earlier ones
    browser: bool = True
    seconds: float = SECONDS

    @property
    def check(self) -> str:
        """Its tests, seen from the root of any project that holds the course."""
        return f"{COURSE}/{self.name}/check.py"

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of the project that its solution changes, makes or deletes."""
        return tuple(dict.fromkeys([*(place.file for place in self.places), *self.removes]))


def load(root: Path) -> list[Exercise]:
    """Return the exercises of the project in a folder, in their order.

    Raises:
        CourseProblem: There are none, or a file of theirs is missing or says what it must not.
    """
    course = root / COURSE
    package = _package(course / "course.toml")
    folders = [path for path in _listed(course) if re.fullmatch(r"\d+_\w+", path.name)]
    folders.sort(key=lambda path: (int(path.name.partition("_")[0]), path.name))
    if not folders:
        raise CourseProblem(f"{course} holds no exercise")
    exercises: list[Exercise] = []
    for folder in folders:
        exercises.append(_exercise(folder, package, [exercise.name for exercise in exercises]))
    return exercises


def _listed(course: Path) -> list[Path]:
    try:
        return [path for path in course.iterdir() if path.is_dir()]
    except OSError as problem:
        raise CourseProblem(f"{course} cannot be read: {problem.strerror}") from None


def _package(file: Path) -> str:
    package = _toml(file).get("package")
    if not isinstance(package, str) or not re.fullmatch(r"\w+(\.\w+)*", package):
        raise CourseProblem(f"{file}: package has to be the name that the project is imported by")
    return package


def _exercise(folder: Path, package: str, earlier: list[str]) -> Exercise:
    file = folder / "exercise.toml"
    says = _Table(file, package)
    needs = says.texts("needs") if "needs" in says.table else None
    for name in needs or ():
        if name not in earlier:
            raise CourseProblem(f"{file}: needs names {name}, which does not come before it")
    exercise = Exercise(
        name=folder.name,
        title=_title(folder / "page.md"),
        folder=folder,
        page=folder / "page.md",
        places=tuple(_place(file, text) for text in says.texts("places")),
        removes=tuple(_place(file, text).file for text in says.texts("removes")),
        fails=says.text("fails"),
        learned=says.text("learned"),
        hints=says.texts("hints"),
        needs=needs,
        browser=bool(says.table.get("browser", True)),
        seconds=says.number("seconds", SECONDS),
    )
    says.refuse_others(Exercise.__dataclass_fields__)
    if not exercise.files:
        raise CourseProblem(f"{file}: places names nothing that a learner could write")
    return exercise


def _title(page: Path) -> str:
    first = _read(page).partition("\n")[0]
    if not first.startswith("# "):
        raise CourseProblem(f"{page}: its first line has to be its title: # Title")
    return first.removeprefix("# ").strip()


def _place(file: Path, text: str) -> Place:
    path, _, name = text.partition("::")
    if (
        not path
        or "\\" in path
        or ":" in path
        or not {"..", "/"}.isdisjoint(PurePosixPath(path).parts)
    ):
        raise CourseProblem(f"{file}: {text} is not a path inside the project")
    return Place(str(PurePosixPath(path)), name)


class _Table:
    """What a file in TOML says, with `{pkg}` and `{package}` replaced in every text."""

    def __init__(self, file: Path, package: str) -> None:
        self.file = file
        self.table = _toml(file)
        self.words = {"{pkg}": package.replace(".", "/"), "{package}": package}

    def text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise CourseProblem(f"{self.file}: {key} has to be a text")
        return self._filled(value).strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise CourseProblem(f"{self.file}: {key} has to be a list of texts")
        return tuple(self._filled(text).strip() for text in value)

    def number(self, key: str, default: float) -> float:
        value = self.table.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1000:
            raise CourseProblem(f"{self.file}: {key} has to be a number of seconds")
        return float(value)

    def refuse_others(self, known: Mapping[str, object]) -> None:
        for key in self.table:
            if key not in known or key in {"name", "title", "page", "folder"}:
                raise CourseProblem(f"{self.file}: nobody knows what {key} is")

    def _filled(self, text: str) -> str:
        for word, value in self.words.items():
            text = text.replace(word, value)
        return text


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(file))
    except tomllib.TOMLDecodeError as problem:
        raise CourseProblem(f"{file}: {problem}") from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as problem:
        raise CourseProblem(f"{file} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise CourseProblem(f"{file} is not UTF-8") from None
