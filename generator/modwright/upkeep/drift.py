"""How a project differs from what the template made of its answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from modwright.upkeep.ownership import Owner, Ownership, ownership
from modwright.upkeep.record import ANSWERS_FILE, Record
from modwright.upkeep.rendering import Template, Workbench
from modwright.upkeep.trees import Checkout

State = Literal["changed", "moved", "deleted", "never arrived"]
STATES: Mapping[str, State] = {"M": "changed", "T": "changed", "R": "moved", "D": "deleted"}


@dataclass(frozen=True)
class Departure:
    """A file that is not as the template makes it.

    Args:
        path: Its name in the template.
        state: What is different.
        owner: Who owns it.
        reason: Why it differs on purpose, if the project says that it does.
        now: Its name in the project; None where it is not there.
        added: How many lines the project has more.
        removed: How many of the template's lines it lacks.
        never_arrived: Those lines of the template that no commit of the project has ever had.
    """

    path: str
    state: State
    owner: Owner
    reason: str | None
    now: str | None
    added: int
    removed: int
    never_arrived: tuple[str, ...] = ()

    @property
    def breaks_a_rule(self) -> bool:
        """Whether it may not differ, and no reason is given why it does."""
        return self.owner in {"managed", "contains"} and self.reason is None


@dataclass(frozen=True)
class Drift:
    """All that is different in a project.

    Args:
        departures: Files, sorted by name; those that are written once are left out.
        answers: Answers that are not as the preset fixes them, in words.
        trees: What the template makes, and the project as it lies there.
    """

    departures: tuple[Departure, ...]
    answers: tuple[str, ...]
    trees: tuple[str, str]

    @property
    def unintended(self) -> list[Departure]:
        """Files that differ without a reason given."""
        return [departure for departure in self.departures if departure.reason is None]

    @property
    def from_standard(self) -> "Drift":
        """That part of it which the team's standard does not allow."""
        return replace(self, departures=tuple(one for one in self.departures if one.breaks_a_rule))

    @property
    def intended(self) -> list[Departure]:
        """Files that differ on purpose."""
        return [departure for departure in self.departures if departure.reason is not None]

    def __bool__(self) -> bool:
        """Whether anything differs without a reason given."""
        return bool(self.answers or self.unintended)


def find_drift(
    checkout: Checkout, workbench: Workbench, template: Template, record: Record
) -> Drift:
    """Compare a project, as it lies there, with what the template makes of its answers.

    Args:
        checkout: The project.
        workbench: Where the template is rendered.
        template: The version that the project records.
        record: What else it records.
    """
    pristine = workbench.render(checkout, template, record).tree
    there = checkout.work_tree()
    rules = ownership(checkout, record, template, there)
    departures = sorted(_departures(checkout, rules, pristine, there), key=lambda one: one.path)
    answers = (
        f"{name} is {record.answers.get(name)!r}; the preset {record.preset} fixes {answer!r}"
        for name, answer in record.fixed.items()
        if record.answers.get(name) != answer
    )
    return Drift(tuple(departures), tuple(answers), (pristine, there))


def _departures(
    checkout: Checkout, rules: Ownership, pristine: str, there: str
) -> Iterator[Departure]:
    if pristine == there:
        return
    options = ("diff-tree", "-r", "-z", "-M", "--diff-filter=DMRT", pristine, there)
    numbers = _numbers(checkout.git(*options, "--numstat"))
    fields = iter(checkout.git(*options, "--name-status").split("\0")[:-1])
    for letter in fields:
        path = next(fields)
        now = next(fields) if letter.startswith("R") else path
        owner, (added, removed) = rules.owner(path), numbers[path]
        if path == str(ANSWERS_FILE) or owner == "seed" or (owner == "contains" and not removed):
            continue
        state = STATES[letter[0]]
        found = None if state == "deleted" else now
        yield Departure(path, state, owner, rules.reason(path), found, added, removed)


def _numbers(said: str) -> dict[str, tuple[int, int]]:
    """Return how many lines each file has more and less; none for one that is not text."""
    numbers = {}
    fields = iter(said.split("\0")[:-1])
    for entry in fields:
        added, removed, path = entry.split("\t")
        if not path:  # it was moved: the old name follows, and the new one
            path, _ = next(fields), next(fields)
        numbers[path] = (int(added.replace("-", "0")), int(removed.replace("-", "0")))
    return numbers
