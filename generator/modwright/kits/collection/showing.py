"""A class, shown: as a table on a terminal, as CSV, as a page that loads nothing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from modwright.kits.collection.assessing import Result, State
from modwright.kits.collection.courses import Exercise
from modwright.kits.collection.gathering import Assessed, Class
from modwright.reporting.wording import counted, visible

SIGNS = {
    State.PASSED: "+",
    State.FAILED: "x",
    State.UNTOUCHED: ".",
    State.WAITS: "~",
    State.HANGS: "!",
    State.BROKEN: "?",
    State.NOT_RUN: "-",
}
_WRONG = (State.FAILED, State.HANGS, State.BROKEN)
_MOST_ANSWERS = 5  # that are shown of an exercise
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # that begin what a spreadsheet would calculate
NOT_CLOSED = (
    "What was handed in was run with limits, but not cut off from the network and from your files:"
    " this system does not let modwright do that."
)


@dataclass(frozen=True)
class Answer:
    """What people write who have not solved an exercise.

    Args:
        wrote: The code.
        message: What its check says.
        names: Of those who write so.
    """

    wrote: str
    message: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How an exercise stands in a class.

    Args:
        exercise: Which.
        passed: How many have solved it.
        wrong: How many have begun it and have not.
        tries: How often it was checked, by what the hand-ins say.
        hints: How many hints were looked at, likewise.
        answers: What is written instead, the most frequent first.
    """

    exercise: Exercise
    passed: int
    wrong: int
    tries: int
    hints: int
    answers: tuple[Answer, ...]


def show(collected: Class, console: Console) -> None:
    """Write a class as a table: a line a person, a sign an exercise."""
    exercises = collected.course.exercises
    table = Table(box=None, pad_edge=False)
    for title in ("", "code", "solved", "exercises", "at"):
        table.add_column(title, overflow="fold")
    for person in collected.people:
        signs = "".join(SIGNS[one.state] for one in person.results.values())
        solved = f"{person.solved}/{len(exercises)}"
        cells = (person.handed.name, person.handed.code, solved, signs, person.at)
        table.add_row(*(escape(visible(cell)) for cell in cells))
    console.print(table)
    console.print(", ".join(f"{sign} {state.value}" for state, sign in SIGNS.items()))
    for person in collected.people:
        for remark in person.handed.remarks:
            _say(console, f"{person.handed.name}: {remark}.")
    hardest = max(standings(collected), key=lambda one: one.wrong)
    if hardest.wrong:
        begun = counted(hardest.wrong, "person").replace("persons", "people")
        _say(console, f"Hardest: {hardest.exercise.name}, begun and not solved by {begun}.")
    if not collected.is_closed:
        _say(console, NOT_CLOSED)


def standings(collected: Class) -> list[Standing]:
    """Return how each exercise stands, in their order."""
    return [_standing(collected, exercise) for exercise in collected.course.exercises]


def as_csv(collected: Class) -> str:
    """Return a class as a table, a row a person."""
    exercises = collected.course.exercises
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = (exercise.name for exercise in exercises)
    writer.writerow(
        ["name", "file", "code", "platform", "python", "solved", "at", *names, "remarks"]
    )
    for person in collected.people:
        handed, ready = person.handed, person.handed.ready
        writer.writerow(
            _harmless(cell)
            for cell in (
                handed.name,
                handed.place.name,
                handed.code,
                ready.platform if ready else "",
                f"3.{ready.python}" if ready else "",
                str(person.solved),
                person.at,
                *(_state(person, exercise) for exercise in exercises),
                "; ".join(handed.remarks),
            )
        )
    return text.getvalue()


def as_html(collected: Class) -> str:
    """Return a class as a page; all that comes from it is escaped."""
    environment = Environment(
        loader=PackageLoader("modwright.kits.collection", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
    )
    page = environment.get_template("page.html")
    style = files("modwright.kits.collection").joinpath("page", "page.css").read_text("utf-8")
    return page.render(
        collected=collected,
        standings=standings(collected),
        signs={state.name: sign for state, sign in SIGNS.items()},
        states=State,
        style=style,
        not_closed=NOT_CLOSED,
    )


def _finalize(value: object) -> object:
    """Spell out what cannot be seen; lines are, in a text of several."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "\n".join(map(visible, value.split("\n")))


def _standing(collected: Class, exercise: Exercise) -> Standing:
    results = [
        (person, person.results[exercise.name])
        for person in collected.people
        if exercise.name in person.results
    ]
    claims = [person.handed.claims.get(exercise.name) for person in collected.people]
    return Standing(
        exercise,
        sum(result.state is State.PASSED for _, result in results),
        sum(result.state in _WRONG for _, result in results),
        sum(claim.tries for claim in claims if claim),
        sum(claim.hints for claim in claims if claim),
        tuple(_answers(results)),
    )


def _answers(results: list[tuple[Assessed, Result]]) -> Iterator[Answer]:
    """Yield what is written instead of a solution; the same but for blanks counts as the same."""
    names: dict[str, list[str]] = {}
    first: dict[str, Result] = {}
    for person, result in results:
        if result.state in _WRONG and result.wrote:
            key = " ".join(result.wrote.split())
            names.setdefault(key, []).append(person.handed.name)
            first.setdefault(key, result)
    for key in sorted(names, key=lambda key: -len(names[key]))[:_MOST_ANSWERS]:
        message = first[key].message or first[key].state.value
        yield Answer(first[key].wrote, message, tuple(names[key]))


def _state(person: Assessed, exercise: Exercise) -> str:
    result = person.results.get(exercise.name)
    return result.state.value if result else ""


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _say(console: Console, text: str) -> None:
    console.print(visible(text), markup=False, soft_wrap=True)
