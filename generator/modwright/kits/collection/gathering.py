"""A class, from the folder with what was handed in to what each person can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from modwright.kits.collection.assessing import Result, State, assess
from modwright.kits.collection.contained import Jail
from modwright.kits.collection.courses import Course, Courses
from modwright.kits.collection.receiving import HandIn, NotTaken, hand_ins, receive
from modwright.kits.resolving import Tell, build_requirements, test_groups
from modwright.kits.subject import MakeSubject, Subject
from modwright_check.run.environment import create_environment, run_uv
from modwright_check.system.side_by_side import cores, side_by_side


@dataclass(frozen=True)
class Assessed:
    """What a person has handed in, and what it can do.

    Args:
        handed: What was taken.
        results: By the exercises' names; nothing where nothing could be taken.
    """

    handed: HandIn
    results: Mapping[str, Result]

    @property
    def solved(self) -> int:
        """How many exercises pass."""
        return sum(result.state is State.PASSED for result in self.results.values())

    @property
    def at(self) -> str:
        """The exercise that is next, or nothing."""
        left = (name for name, one in self.results.items() if one.state is not State.PASSED)
        return next(left, "")


@dataclass(frozen=True)
class Class:
    """What a class has handed in.

    Args:
        course: Of its leader.
        people: In the order of their names.
        is_closed: Whether what they have written was cut off from network and files.
    """

    course: Course
    people: tuple[Assessed, ...]
    is_closed: bool


def collect(folder: Path, make: MakeSubject, tell: Tell) -> Class:
    """Check all that lies in a folder; whatever one of them does, the others are checked.

    Args:
        folder: Which.
        make: Makes the leader's course.
        tell: Told how far it has come.

    Raises:
        UsageFailed: There is nothing, or no course.
        EnvironmentFailed: What the course needs cannot be installed.
    """
    places = hand_ins(folder)
    with TemporaryDirectory(prefix="modwright-", ignore_cleanup_errors=True) as made:
        scratch = Path(made).resolve()
        courses = Courses(make, scratch / "courses")
        jail = Jail(_python(courses.usual.subject, scratch), scratch)
        received = [_received(place, courses) for place in places]
        people = side_by_side(
            partial(_assessed, jail=jail),
            received,
            cores(),
            stop=jail.end_all,
            tell=lambda done: tell(done, len(places)),
        )
    people.sort(key=lambda person: person.handed.name.casefold())
    return Class(courses.usual, tuple(people), jail.is_closed)


def _received(place: Path, courses: Courses) -> tuple[HandIn, Course | None]:
    """Take what was handed in, and the course that it belongs to, if there is one."""
    handed = receive(place)
    if handed.is_taken:
        try:
            return handed, courses.of(handed)
        except NotTaken as reason:
            handed.remarks.append(f"not taken: {reason}")
    return handed, None


def _assessed(received: tuple[HandIn, Course | None], jail: Jail) -> Assessed:
    handed, course = received
    results: dict[str, Result] = {}
    if course:
        try:
            results = assess(handed, course, jail)
        except NotTaken as reason:
            handed.remarks.append(f"not taken: {reason}")
    handed.remarks += _remarks(handed, results)
    return Assessed(handed, results)


def _remarks(handed: HandIn, results: Mapping[str, Result]) -> list[str]:
    """Return what is odd about results: what does not end, and what is claimed and is not so."""
    odd = (State.HANGS, State.BROKEN)
    remarks = [f"{n} {one.state.value}" for n, one in results.items() if one.state in odd]
    claimed = [
        name
        for name, result in results.items()
        if result.state in {State.FAILED, State.UNTOUCHED}
        and name in handed.claims
        and handed.claims[name].passed
    ]
    if claimed:
        remarks.append(f"says of {', '.join(claimed)} that it is solved, and it is not")
    return remarks


def _python(subject: Subject, folder: Path) -> Path:
    """Return a Python that has what the course needs, and not the course itself."""
    environment = create_environment(folder / "environment", subject.requires_python)
    groups = (option for group in test_groups(subject.folder) for option in ("--group", group))
    run_uv(
        *("pip", "install", "--quiet", "--python", str(environment.python)),
        *("--requirements", "pyproject.toml", "--all-extras", *groups),
        *build_requirements(subject.folder),
        cwd=subject.folder,
        failure="What the course needs cannot be installed",
    )
    return environment.python
