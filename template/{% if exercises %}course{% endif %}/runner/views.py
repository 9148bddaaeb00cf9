"""What a session looks like, as paragraphs."""

from dataclasses import replace
from pathlib import Path

from .exercises import COURSE, Exercise
from .layout import Text, View, bar
from .session import Session
from .words import Outcome

PRINTED = 15  # lines of what the learner's code has printed
_GO_ON = Text("Go on with n.")
KEYS = {
    "h": "hint",
    "s": "solution",
    "p": "page",
    "l": "list",
    "x": "reset",
    "a": "check all",
    "i": "imports",
    "q": "quit",
}


def of(session: Session, *, columns: int, status: str, keys_need_enter: bool) -> View:
    """Return the one screen of a course."""
    exercise, outcome = session.current, session.outcome
    head = f"Exercise {session.number} of {len(session.exercises)}: {exercise.title}"
    progress = bar(session.done, len(session.exercises), columns)
    page = Text(f"The task: {COURSE}/{exercise.name}/page.md", "quiet")
    top = [Text(head, "title"), Text(progress), page, *_needs(session), Text()]
    if outcome is None:
        middle = []
    elif outcome.passed:
        middle = _passed(session, outcome)
    else:
        middle = _failed(session, outcome)
    if status:  # what stands there is what was so before
        middle = [replace(text, style="quiet") for text in middle]
    elif session.checked:
        middle += [Text(session.checked, "quiet"), Text()]
    if not session.progress.has_begun:
        middle += [
            Text("Read the task, or see it here with p. Then write, and save the file."),
            Text(),
        ]
    for note in (session.note, session.progress.broken, session.progress.unsaved, status):
        if note:
            middle += [Text(note), Text()]
    output = _printed(outcome) if outcome else []
    bottom = [_keys(outcome, session, keys_need_enter)]
    return View(top, middle[:-1], output=output, bottom=bottom)


def told(session: Session) -> list[Text]:
    """Return what `--once` prints: the state of the current exercise, and nothing of keys."""
    view = of(session, columns=80, status="", keys_need_enter=False)
    middle = [text for text in view.middle if text != _GO_ON]
    while middle and not middle[-1].text:
        middle.pop()
    return [*view.top, *middle, *([Text(), *view.output] if view.output else [])]


def titles(session: Session) -> list[str]:
    """Return a line for each exercise."""
    return [
        f"{number:>2} {_state(session, exercise.name):<6} {exercise.title}{_after(session, exercise)}"
        for number, exercise in enumerate(session.exercises, 1)
    ]


def after_all(session: Session) -> list[Text]:
    """Return the last words of a course."""
    python = Path(session.python)
    if python.is_relative_to(session.root):
        python = python.relative_to(session.root)
    return [
        Text(f"All {len(session.exercises)} exercises are done. Congratulations!", "good"),
        Text("The modules of this project are yours. Its own tests show that it works:"),
        Text(),
        Text(f"    {_quoted(str(python))} -m pytest"),
        Text(),
    ]


def _needs(session: Session) -> list[Text]:
    needed = session.needed(session.current)
    if not needed:
        return []
    number = session.number_of(needed)
    return [Text(f"It needs {number}, {needed.title}. n goes there.", "bad")]


def _after(session: Session, exercise: Exercise) -> str:
    needed = session.needed(exercise)
    return f"  (needs {session.number_of(needed)})" if needed else ""


def _state(session: Session, name: str) -> str:
    if name in session.failing:
        return "fails"
    return "done" if session.progress.is_passed(name) else ""


def _failed(session: Session, outcome: Outcome) -> list[Text]:
    exercise = session.current
    middle = []
    if outcome.file:
        place = outcome.file if outcome.line is None else f"{outcome.file}:{outcome.line}"
        middle += [Text(place, "bad")]
    middle += [Text(outcome.message), Text()]
    for number, hint in enumerate(exercise.hints[: session.hints], 1):
        middle += [Text(f"Hint {number}: {hint}"), Text()]
    return middle


def _passed(session: Session, outcome: Outcome) -> list[Text]:
    middle = [Text(f"Done: {session.current.title}", "good"), Text(outcome.message), Text()]
    if session.is_over and not session.failing:
        return [*middle, *after_all(session)]
    return [*middle, _GO_ON, Text()]


def _printed(outcome: Outcome) -> list[Text]:
    lines = outcome.output.rstrip().splitlines()
    if not lines:
        return []
    head = "Your code has printed:"
    if len(lines) > PRINTED:
        head = "Your code has printed much, and at last:"
    return [Text(head), *(Text(f"    {line}", "quiet") for line in lines[-PRINTED:])]


def _keys(outcome: Outcome | None, session: Session, keys_need_enter: bool) -> Text:
    keys = dict(KEYS)
    if outcome and outcome.passed:
        del keys["h"]
        if not session.is_over or session.failing:
            keys = {"n": "next", **keys}
    elif needed := session.needed(session.current):
        keys = {"n": f"exercise {session.number_of(needed)}", **keys}
    if not session.has_modwright:
        del keys["i"]
    # A key stays with its name: the blank between them does not break.
    said = "  ".join(f"{key}\u00a0{name.replace(' ', chr(0xA0))}" for key, name in keys.items())
    return Text(f"Keys, with Enter: {said}" if keys_need_enter else said, "quiet")


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
