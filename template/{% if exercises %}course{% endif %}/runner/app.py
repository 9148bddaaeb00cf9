"""What `python learn.py` does with its options."""

import argparse
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from . import layout, views
from .checking import check
from .exercises import CourseProblem
from .fullscreen import FullScreen
from .keyboard import Keyboard
from .loop import Loop
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
    return PASSED if outcome.passed else NOT_YET


def _list(root: Path, _: argparse.Namespace) -> int:
    session = Session(root)
    print("\n".join(views.titles(session)))
    return PASSED


def _prove(root: Path, _: argparse.Namespace) -> int:
    from .proving import prove

    problems = prove(root)
    print("\n".join(problems or ["Every exercise fails unsolved, and passes solved."]))
    return NOT_YET if problems else PASSED


def _learn(root: Path, options: argparse.Namespace) -> int:
    session = Session(root)
    if options.plain or not _can_redraw():
        Loop(session, PlainLines()).run()
        return PASSED
    try:
        keyboard = Keyboard().__enter__()
    except OSError:
        Loop(session, PlainLines()).run()
        return PASSED
    try:
        screen = FullScreen(keyboard)
        Loop(session, screen).run()
        screen.close()
    finally:
        keyboard.__exit__()
    return PASSED


def _can_redraw() -> bool:
    dumb = os.environ.get("TERM") == "dumb" or os.environ.get("NO_COLOR")
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb
