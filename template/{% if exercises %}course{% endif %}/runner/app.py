"""What `python learn.py` does with its options."""

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from . import layout, views
from .checking import check
from .exercises import CourseProblem
from .fullscreen import FullScreen
from .loop import Front, Loop
from .plainlines import PlainLines
from .session import Session

PASSED, NOT_YET, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(root: Path, arguments: list[str]) -> int:
    """Do what the options say, for the course in a folder; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="replace"
        )  # a character that cannot be shown is not worth an end
    options = _parser().parse_args(arguments)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    try:
        return _action(options)(root.resolve(), options)
    except CourseProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever was listening has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return PASSED


def _end(number: int, _: object) -> None:
    raise SystemExit(128 + number)  # and so what was started ends, and the terminal is put in order


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="learn.py", description="The course: it checks what you save, and says what is next."
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--once", action="store_true", help="check once, print, and end")
    choice.add_argument("--list", action="store_true", help="print the exercises, and end")
    choice.add_argument(
        "--prove", action="store_true", help="check the course itself (for authors)"
    )
    parser.add_argument("--plain", action="store_true", help="plain lines, nothing drawn anew")
    return parser


def _action(options: argparse.Namespace) -> Callable[[Path, argparse.Namespace], int]:
    if options.once:
        return _once
    if options.list:
        return _list
    return _prove if options.prove else _learn


def _once(root: Path, _: argparse.Namespace) -> int:
    session = Session(root)
    outcome = check(root, session.current, python=session.python)
    session.take(session.current, outcome, is_try=True)
    print("\n".join(line.text for line in layout.wrapped(views.told(session), 79)))
    if outcome.passed and not session.is_over:
        print("\nStart it once more for the next exercise.")
    return PASSED if outcome.passed else NOT_YET


def _list(root: Path, _: argparse.Namespace) -> int:
    session = Session(root)
    print("\n".join(views.titles(session)))
    return PASSED


def _prove(root: Path, _: argparse.Namespace) -> int:
    from .proving import prove  # what no learner waits for

    problems = prove(root)
    print("\n".join(problems or ["Every exercise fails unsolved, and passes solved."]))
    return NOT_YET if problems else PASSED


def _learn(root: Path, options: argparse.Namespace) -> int:
    session = Session(root)
    with ExitStack() as stack:
        Loop(session, _front(stack, is_plain=options.plain)).run()
    return PASSED


def _front(stack: ExitStack, *, is_plain: bool) -> Front:
    if is_plain or not _can_redraw():
        return PlainLines()
    try:
        return stack.enter_context(FullScreen())
    except OSError:
        return PlainLines()


def _can_redraw() -> bool:
    knows_how = sys.platform == "win32" or os.environ.get("TERM", "dumb") != "dumb"
    wants = not os.environ.get("NO_COLOR")
    return knows_how and wants and sys.stdin.isatty() and sys.stdout.isatty()
