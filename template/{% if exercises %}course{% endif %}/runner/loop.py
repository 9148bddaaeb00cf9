"""The course at work: saved files are checked, keys are answered, the screen says how it stands."""

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from . import files, imports, pages, views
from .checking import Outcome, check
from .exercises import CourseProblem, Exercise
from .imports import Imports
from .jobs import Job, in_parallel
from .layout import Text, View
from .session import Session
from .watching import Watch

BUSY = 0.05  # seconds that a key is waited for while a check runs


class Front(Protocol):
    """What a learner sees and answers with."""

    keys_need_enter: bool

    def draw(self, view: View) -> None:
        """Show how it stands."""

    def renew(self) -> None:
        """Let the next view be news, even if it is the one before."""

    def key(self, seconds: float) -> str:
        """Return the next key, or nothing; raise EOFError when there will not be another."""

    def ask(self, question: str) -> bool:
        """Return whether the answer to a question is yes."""

    def show(self, title: str, paragraphs: Sequence[Text], is_over: Callable[[], bool]) -> None:
        """Show a text until the learner has seen enough, or something else has to be shown."""

    def choose(self, title: str, items: Sequence[str], chosen: int) -> int | None:
        """Return the number of the item that the learner goes to, or None."""


class Loop:
    """A session, a front, and what goes on in the background."""

    def __init__(self, session: Session, front: Front) -> None:
        """Begin with the check of the current exercise."""
        self.session = session
        self.front = front
        self.watch = Watch(session.root)
        self.saved: set[str] = set()  # files that nobody has looked at yet
        self.is_try = False
        self.checked = 0  # when all are
        self.ahead: dict[str, bytes | None] = {}  # in the files of the next exercise
        root, python = session.root, session.python
        self.asked: Job[bool] | None = Job(lambda stop: imports.can_look(root, python, stop))
        self.check = self._checked()
        self.imports: Job[Imports] | None = None
        self.keys = {
            "h": session.hint,
            "s": self._solution,
            "p": self._page,
            "l": self._list,
            "x": self._reset,
            "a": self._check_all,
            "i": self._imports,
            "n": self._next,
            "enter": self._go_on,
        }

    def run(self) -> None:
        """Go on until the learner quits or nobody is there any more."""
        try:
            while True:
                self._draw()
                key = self.front.key(BUSY if self.check else self.watch.pause)
                if key in {"q", "Q"}:
                    return
                if key:
                    self._answer(key.lower())
                self._look()
        except EOFError:
            self._finish()
        finally:
            for job in (self.asked, self.check, self.imports):
                if job:
                    job.stop()

    def _draw(self, status: str = "") -> None:
        columns = shutil.get_terminal_size().columns - 1
        need = self.front.keys_need_enter
        if not status and self.check and not need:
            status = f"Checking ... ({self.session.current.seconds:g} s at most)"
        if need and self.session.outcome is None:
            return  # plain lines say what is, and not that it will be said
        view = views.of(self.session, columns=columns, status=status, keys_need_enter=need)
        self.front.draw(view)

    def _finish(self) -> None:
        """Tell at least one outcome to somebody who only listens."""
        if self.check:
            self._take(self.check.outcome())
            self._draw()

    # What happens by itself -----------------------------------------------------------------

    def _look(self) -> None:
        if self.check and self.check.is_done:
            self._take(self.check.outcome())
            return
        if self._has_saved():
            saved, self.saved = self.saved, set()
            self._answer_to(saved)
        if self.imports and self.imports.is_done:
            self._take_imports(self.imports.outcome())

    def _has_saved(self) -> bool:
        changes = self.watch.changes()
        if self.check:
            # What else has changed meanwhile the check itself has written.
            changes = {path for path in changes if self._is_place(path)}
        self.saved |= changes
        return bool(self.saved)

    def _answer_to(self, saved: set[str]) -> None:
        """Check what was saved; what is solved stays on the screen until the next one is begun."""
        is_solved = self.session.outcome is not None and self.session.outcome.passed
        if self.check or not is_solved or any(map(self._is_place, saved)):
            self._again()
        elif self.ahead != self._contents_ahead():
            self._next()

    def _contents_ahead(self) -> dict[str, bytes | None]:
        """Return what stands in the files of the next exercise that are not those of this one."""
        following = self.session.following
        names = set(following.files if following else ()) - set(self.session.current.files)
        return {name: files.content(self.session.root / name) for name in names}

    def _go_on(self) -> None:
        if not self.check and self.session.outcome and self.session.outcome.passed:
            self._next()
        else:
            self._again()

    def _again(self) -> None:
        self._stop()
        self.is_try = True
        self.check = self._checked()

    def _checked(self) -> Job[Outcome] | None:
        return Job(self._work(self.session.current))

    def _work(self, exercise: Exercise) -> Callable[[threading.Event], Outcome]:
        root, python = self.session.root, self.session.python
        return lambda stop: check(root, exercise, python=python, stop=stop)

    def _take(self, outcome: Outcome) -> None:
        self.check = None
        if self.asked:  # began before the check did, and takes no longer
            self.session.has_modwright, self.asked = self.asked.outcome(), None
        self.front.renew()
        before = self.session.outcome
        self.session.take(self.session.current, outcome, is_try=self.is_try)
        if self.is_try:
            self.session.checked = _checked_at(before, outcome)
        self.is_try = False
        self.ahead = self._contents_ahead()
        changes = self.watch.changes(at_once=True)
        if any(self._is_place(path) for path in changes):
            self._again()
        elif outcome.passed and self.session.has_modwright:
            root, python = self.session.root, self.session.python
            self.imports = Job(lambda stop: imports.looked_at(root, python, stop))

    def _take_imports(self, found: Imports) -> None:
        self.imports = None
        if found.errors:
            how_many = "an error" if found.errors == 1 else f"{found.errors} errors"
            self.session.note = f"The import check finds {how_many} in this project: i tells more."

    def _is_place(self, path: str) -> bool:
        return any(
            str(self.session.root.joinpath(file)) == path for file in self.session.current.files
        )

    def _stop(self) -> None:
        for job in (self.check, self.imports):
            if job:
                job.stop()
        self.check = self.imports = None
        self.session.note = self.session.progress.broken = ""

    # Keys -----------------------------------------------------------------------------------

    def _answer(self, key: str) -> None:
        answer = self.keys.get(key)
        if not answer:
            return
        try:
            answer()
        except CourseProblem as problem:
            self.session.note = f"{problem}."

    def _next(self) -> None:
        """Go on from what is solved, or go to what has to be solved before."""
        is_solved = self.session.outcome is not None and self.session.outcome.passed
        following = (
            self.session.following if is_solved else self.session.needed(self.session.current)
        )
        if following:
            self.session.go_to(following)
            self._begin()

    def _begin(self) -> None:
        self._stop()
        self.check = self._checked()

    def _solution(self) -> None:
        exercise = self.session.current
        if self.session.progress.is_passed(exercise.name) or self.front.ask(
            "Show the solution before you have found one?"
        ):
            text = self.session.solution()
            self._show(f"A solution: {exercise.title}", text)

    def _page(self) -> None:
        try:
            text = self.session.current.page.read_text(encoding="utf-8")
        except OSError as problem:
            raise CourseProblem(f"The page cannot be read: {problem.strerror}") from None
        title, _, rest = text.partition("\n")
        self._show(title.removeprefix("# "), "\n".join(pages.paragraphs(rest.strip("\n"))))

    def _list(self) -> None:
        items = views.titles(self.session)
        chosen = self.front.choose("Go to:", items, self.session.number - 1)
        if chosen is not None:
            self.session.go_to(self.session.exercises[chosen])
            self._begin()

    def _reset(self) -> None:
        if self.front.ask("Reset this exercise? What you have written at its places will be gone."):
            self._stop()
            self.session.reset()
            self.watch.changes(at_once=True)
            self._begin()

    def _check_all(self) -> None:
        self._stop()
        exercises = self.session.exercises
        total = len(exercises)
        job = Job(self._all_checked)
        if not self._waited(job, lambda: f"Checking all: {self.checked} of {total} (q stops)"):
            self._begin()
            return
        outcomes = list(zip(exercises, job.outcome(), strict=True))
        for exercise, outcome in outcomes:
            self.session.take(exercise, outcome, is_try=False)
        self.watch.changes(at_once=True)  # what the checks have written
        left = [(exercise, outcome) for exercise, outcome in outcomes if not outcome.passed]
        if left:
            self.session.go_to(*left[0])
            passed = total - len(left)
            self.session.note = f"{passed} of {total} pass. This is the first that does not."

    def _all_checked(self, stop: threading.Event) -> list[Outcome]:
        self.checked = 0
        return in_parallel([self._work(each) for each in self.session.exercises], stop, self._count)

    def _count(self) -> None:
        self.checked += 1

    def _imports(self) -> None:
        if not self.asked and not self.session.has_modwright:
            self.session.note = "The import check needs modwright, which is not installed here."
            return
        root, python = self.session.root, self.session.python
        job = self.imports or Job(lambda stop: imports.looked_at(root, python, stop))
        self.imports = None
        if self._waited(job, lambda: "The import check looks at your project (q stops) ..."):
            self._take_imports(job.outcome())
            told = imports.in_words(job.outcome())
            self._show("The import check", "\n".join(told))

    def _waited(self, job: Job[Any], status: Callable[[], str]) -> bool:
        """Return whether a job came to its end, and was not stopped by the learner."""
        if self.front.keys_need_enter:
            self._show(status(), "")
        try:
            while not job.is_done:
                if not self.front.keys_need_enter:
                    self._draw(status())
                if self.front.key(BUSY) in {"q", "escape"}:
                    return False
        except EOFError:
            job.outcome()  # nobody can stop it any more, but somebody may listen
        finally:
            job.stop()
        return True

    def _show(self, title: str, text: str) -> None:
        """Show a text; who saves a file meanwhile wants to see what its check says."""
        self.front.show(title, [Text(line) for line in text.split("\n")], self._has_saved)


def _checked_at(before: Outcome | None, outcome: Outcome) -> str:
    now = time.strftime("%H:%M:%S")
    if before and before.says_the_same_as(outcome):
        return f"Checked again at {now}: the same."
    return f"Checked at {now}."
