"""One learner at work: which exercise is next, what its check has said, and what was done."""

from pathlib import Path

from . import interpreter, places
from .exercises import Exercise, load
from .progress import Progress
from .words import Outcome


class Session:
    """The course in a project, and where the learner is in it."""

    def __init__(self, root: Path) -> None:
        """Go to the exercise that is next; raise CourseProblem if there is not a course."""
        self.root = root
        self.exercises = load(root)
        self.progress = Progress.load(root)
        self.python = interpreter.of(root)
        self.current = self._first()
        self.outcome: Outcome | None = None
        self.hints = 0  # that are shown
        self.note = ""
        self.checked = ""  # when that was, and whether it has said anything new
        self.has_modwright = False  # as far as is known
        self.failing: set[str] = set()  # those that were solved once, and are not now

    @property
    def is_over(self) -> bool:
        """Whether every exercise is solved."""
        return self.done == len(self.exercises)

    @property
    def done(self) -> int:
        """How many exercises are solved."""
        return sum(self.progress.is_passed(exercise.name) for exercise in self.exercises)

    @property
    def number(self) -> int:
        """Which exercise is the current one, counted from 1."""
        return self.number_of(self.current)

    def take(self, exercise: Exercise, outcome: Outcome, *, is_try: bool) -> None:
        """Note what a check has said."""
        if exercise == self.current:
            self.outcome = outcome
        is_new = not self.progress.is_passed(exercise.name)
        self.progress.of(exercise.name).tries += is_try and is_new
        if outcome.passed:
            self.progress.mark_passed(exercise.name)
            self.failing.discard(exercise.name)
        elif self.progress.is_passed(exercise.name):
            self.failing.add(exercise.name)
        self._save()

    def go_to(self, exercise: Exercise, outcome: Outcome | None = None) -> None:
        """Make an exercise the current one, which its check has said something of or not yet."""
        self.current = exercise
        self.outcome = outcome
        self.hints = 0
        self.note = self.checked = ""
        self._save()

    @property
    def following(self) -> Exercise | None:
        """The next exercise that is not solved, if there is one."""
        later = self.exercises[self.number :] + self.exercises[: self.number - 1]
        return next((exercise for exercise in later if not self.is_solved(exercise.name)), None)

    def needed(self, exercise: Exercise) -> Exercise | None:
        """Return what has to be solved before an exercise: the first of all that it builds on."""
        if self.is_solved(exercise.name):
            return None
        names = set(exercise.needs or ())
        before = self.exercises[: self.exercises.index(exercise)]
        for other in reversed(before):
            if other.name in names:
                names |= set(other.needs or ())
        left = (each for each in before if each.name in names and not self.is_solved(each.name))
        return next(left, None)

    def number_of(self, exercise: Exercise) -> int:
        """Return an exercise's number, counted from 1."""
        return self.exercises.index(exercise) + 1

    def is_solved(self, name: str) -> bool:
        """Return whether an exercise has been solved, and is so still as far as it was checked."""
        return self.progress.is_passed(name) and name not in self.failing

    def hint(self) -> None:
        """Show one hint more, or say that there is none."""
        if self.hints == len(self.current.hints):
            self.note = "No more hints: s shows the solution."
        self.hints = min(self.hints + 1, len(self.current.hints))
        record = self.progress.of(self.current.name)
        record.hints = max(record.hints, self.hints)
        self._save()

    def solution(self) -> str:
        """Return the course's own solution, and note that it was shown if that was too early."""
        record = self.progress.of(self.current.name)
        record.solution_shown = record.solution_shown or record.passed is None
        self._save()
        return places.solution(self.root, self.current)

    def reset(self) -> None:
        """Make the current exercise's places empty again; raise CourseProblem if that fails."""
        places.reset(self.root, self.current)
        self.progress.mark_reset(self.current.name)
        self.failing.discard(self.current.name)
        self.go_to(self.current)

    def _first(self) -> Exercise:
        names = {exercise.name: exercise for exercise in self.exercises}
        left = [each for each in self.exercises if not self.progress.is_passed(each.name)]
        remembered = names.get(self.progress.current)
        if remembered and (remembered in left or not left):
            return remembered
        return left[0] if left else self.exercises[-1]

    def _save(self) -> None:
        self.progress.current = self.current.name
        self.progress.save()
