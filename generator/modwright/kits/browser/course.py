"""The course in a page of a browser, whose Python has neither processes nor threads.

It runs in a worker, with the course's own runner. Each request brings all that the learner has
written, so a worker can be ended at any moment, and the next one goes on.
"""

import importlib
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

ROOT = Path("/project")


class _TooMuch(BaseException):
    """A check has printed without end."""


class _Printed(io.StringIO):
    """What a check prints, up to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.is_full = False
        self._most = most

    def write(self, text: str) -> int:
        self.is_full = self.is_full or self.tell() + len(text) > self._most
        if self.is_full:
            raise _TooMuch
        return super().write(text)


class Course:
    """The course of the project in a folder.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Of two checks within a second the second would find the first's.
        sys.dont_write_bytecode = True
        with _as_it_was():
            sys.path.insert(0, str(root / "course"))
            self._exercises, self._places, self._running, self._session, self._words = (
                importlib.import_module(f"runner.{name}")
                for name in ("exercises", "places", "running", "session", "words")
            )
        self._progress = root / "course" / "progress.json"

    def answer(self, request: str) -> str:
        """Do what the page asks for, and tell it what it shows then; both in JSON.

        A request has `what` (check, ended, hint, solution, reset, show), the `exercise`, the
        `edits` (texts by path, and null where a file was deleted) and the `progress` (the text of
        its file). The answer has the `course` and the `progress` as they are then, after a reset
        the `edits` that it has made; or a `problem` in words.
        """
        asked = json.loads(request)
        try:
            return json.dumps(self._answer(**asked))
        except self._exercises.CourseProblem as problem:
            return json.dumps({"problem": str(problem)})

    def _answer(
        self,
        what: str,
        exercise: str,
        edits: dict[str, str | None],
        progress: str,
        limit: float = 0,
    ) -> dict[str, Any]:
        for path, text in edits.items():
            self._write(self._root / path, text)
        if progress:
            self._write(self._progress, progress)
        session = self._session.Session(self._root)
        named = {each.name: each for each in session.exercises}
        chosen = named.get(exercise) or self._next(session)
        session.go_to(chosen)
        answer: dict[str, Any] = {}
        if what in {"check", "ended"}:
            outcome = self._check(chosen) if what == "check" else self._ended(chosen, limit)
            session.take(chosen, outcome, is_try=True)
            answer["outcome"] = asdict(outcome)
        elif what == "hint":
            session.hints = session.progress.of(chosen.name).hints
            session.hint()
        elif what == "solution":
            answer["solution"] = session.solution()
        elif what == "reset":
            session.reset()
            answer["edits"] = {path: self._text(path) for path in chosen.files}
        return answer | {
            "course": self._shown(session),
            "progress": self._progress.read_text("utf-8"),
            "note": session.progress.broken,
        }

    def _next(self, session: Any) -> Any:
        """Return the exercise to begin with: one that can be done here, if any is left."""
        ahead = session.exercises[session.number - 1 :] + session.exercises
        left = (each for each in ahead if not session.progress.is_passed(each.name))
        return next((each for each in left if each.browser), session.current)

    def _check(self, exercise: Any) -> Any:
        """Run a check in this very interpreter, and leave that as it was."""
        printed = _Printed(self._words.OUTPUT)
        begun = time.monotonic()
        with _as_it_was(), redirect_stdout(printed), redirect_stderr(printed):
            os.chdir(self._root)
            sys.stdin = io.StringIO()
            importlib.invalidate_caches()
            result = self._running.run(str(self._root), str(self._root / exercise.check))
        if printed.is_full:
            outcome = self._flooded(exercise, result)
        else:
            outcome = self._words.of_result(self._root, exercise, result)
        output = self._words.printable(printed.getvalue())
        return replace(outcome, output=output, seconds=time.monotonic() - begun)

    def _ended(self, exercise: Any, limit: float) -> Any:
        """Tell of a check that was ended with its worker: its time was over, or it broke that."""
        endless, ended = self._words.ENDLESS, self._words.ENDED
        told = endless.format(seconds=limit) if limit else ended.format(how="")
        return self._words.of_trace(self._root, exercise, "", told)

    def _flooded(self, exercise: Any, result: dict[str, Any]) -> Any:
        frames = result["error"]["frames"] if result["error"] else []
        trace = "\n".join(f'  File "{path}", line {line} in check' for path, line in frames[::-1])
        return self._words.of_trace(self._root, exercise, trace, self._words.FLOOD)

    def _shown(self, session: Any) -> dict[str, Any]:
        return {
            "current": session.current.name,
            "exercises": [self._shown_exercise(each, session) for each in session.exercises],
        }

    def _shown_exercise(self, exercise: Any, session: Any) -> dict[str, Any]:
        hints = session.progress.of(exercise.name).hints
        return {
            "name": exercise.name,
            "title": exercise.title,
            "page": exercise.page.read_text("utf-8"),
            "files": exercise.files,
            "removes": exercise.removes,
            "line": exercise.places and self._places.line_of(self._root, exercise.places[0]),
            "browser": exercise.browser,
            "seconds": exercise.seconds,
            "passed": session.progress.is_passed(exercise.name),
            "hints": exercise.hints[:hints],
            "has_more_hints": hints < len(exercise.hints),
        }

    def _text(self, path: str) -> str | None:
        file = self._root / path
        return file.read_text("utf-8") if file.is_file() else None

    @staticmethod
    def _write(file: Path, text: str | None) -> None:
        if text is None:
            file.unlink(missing_ok=True)
        elif text or file.exists():  # an editor is empty, too, that nobody has written into
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="")


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Forget afterwards what code has imported from the project, and where it has looked."""
    path, environment, stdin = sys.path[:], dict(os.environ), sys.stdin
    modules = set(sys.modules)
    try:
        yield
    finally:
        sys.path[:], sys.stdin = path, stdin
        os.environ.clear()
        os.environ.update(environment)
        for name in set(sys.modules) - modules:
            if _is_of_the_project(sys.modules[name]):
                del sys.modules[name]


def _is_of_the_project(module: object) -> bool:
    if getattr(module, "__name__", "").startswith("runner"):
        return False
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(str(place).startswith(f"{ROOT}/") for place in places)
