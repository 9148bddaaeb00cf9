"""The course as its leader has it, under the names that a hand-in has."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from modwright.errors import TemplateFailed, UsageFailed
from modwright.kits.collection.receiving import ANSWERS, HandIn, NotTaken
from modwright.kits.subject import MakeSubject, Subject

SECONDS = 20.0  # for a check that does not say how long it may take
LARGEST_ANSWERS = 1 << 16  # bytes of an answers file that are read
_MOST_SECONDS = 120.0
_NAMES = ("project_name", "package_name")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")


@dataclass(frozen=True)
class Exercise:
    """An exercise, as far as a leader has to know it.

    Args:
        name: Of its folder.
        title: The first line of its page.
        places: What learners write: paths, perhaps with a qualified name after `::`.
        needs: The exercises without which it cannot be solved.
        removes: The files that its solution deletes.
        seconds: That its check may take.
    """

    name: str
    title: str
    places: tuple[str, ...]
    needs: tuple[str, ...]
    removes: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Course:
    """A course that nobody has touched.

    Args:
        subject: The project that it is part of.
        exercises: In their order.
    """

    subject: Subject
    exercises: tuple[Exercise, ...]

    @cached_property
    def files(self) -> frozenset[str]:
        """The files that the exercises let a learner change."""
        places = (each.partition("::")[0] for one in self.exercises for each in one.places)
        return frozenset(places).union(*(one.removes for one in self.exercises))


def read_course(subject: Subject) -> Course:
    """Return the course of a project.

    Raises:
        UsageFailed: It has none.
    """
    folder = subject.folder / "course"
    files = sorted(folder.glob("*/exercise.toml"), key=lambda file: _order(file.parent.name))
    try:
        package = _package_of((folder / "course.toml").read_bytes())
        exercises = tuple(_exercise(file, package) for file in files)
    except (OSError, ValueError) as error:
        raise UsageFailed(f"{subject.folder} has no course that can be read: {error}.") from None
    if not exercises:
        raise UsageFailed(f"{subject.folder} is not a course: there are no exercises.")
    return Course(subject, exercises)


class Courses:
    """The courses of a class, in which each person's project may have names of its own.

    Args:
        make: Makes the project.
        folder: Receives them.
    """

    def __init__(self, make: MakeSubject, folder: Path) -> None:
        self._make = make
        self._folder = folder
        self._known: dict[tuple[str, ...], Course] = {}
        self.usual = read_course(make({}, folder / "usual"))

    def of(self, handed: HandIn) -> Course:
        """Return the course with the names of a hand-in.

        Raises:
            NotTaken: It has names that no project can have.
        """
        names = _names(handed)
        if not names:
            return self.usual
        key = tuple(names.values())
        if key not in self._known:
            try:
                made = self._make(names, self._folder / str(len(self._known)))
                self._known[key] = read_course(made)
            except (TemplateFailed, UsageFailed) as error:
                raise NotTaken(f"its names cannot be used: {error}") from None
        return self._known[key]


def _names(handed: HandIn) -> dict[str, str]:
    """Return what a hand-in calls its project and its package; nothing where it does not say."""
    if ANSWERS not in handed.files:
        return {}
    try:
        told = yaml.safe_load(handed.files[ANSWERS][:LARGEST_ANSWERS])
    except (yaml.YAMLError, ValueError, RecursionError):
        told = None
    names = {key: told.get(key) if isinstance(told, dict) else None for key in _NAMES}
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names.values()):
        raise NotTaken(f"{ANSWERS} does not say what project and package are called")
    return {key: str(name) for key, name in names.items()}


def _exercise(file: Path, package: str) -> Exercise:
    told = tomllib.loads(file.read_text("utf-8"))
    title = (file.parent / "page.md").read_text("utf-8").partition("\n")[0]
    return Exercise(
        name=file.parent.name,
        title=title.lstrip("# ").strip(),
        places=tuple(_filled(place, package) for place in told.get("places", ())),
        needs=tuple(told.get("needs", ())),
        removes=tuple(_filled(path, package) for path in told.get("removes", ())),
        seconds=min(float(told.get("seconds", SECONDS)), _MOST_SECONDS),
    )


def _filled(text: str, package: str) -> str:
    return text.replace("{pkg}", package.replace(".", "/")).replace("{package}", package)


def _package_of(content: bytes) -> str:
    told: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
    return str(told["package"])


def _order(name: str) -> tuple[int, str]:
    number = name.partition("_")[0]
    return int(number) if number.isdecimal() else 0, name
