"""The result of an experiment in the project's environment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from modwright_check.model.exit_status import ended_by

FAILED = "failed"  # begins the answer that something raised; probe/experiments.py writes it

Frames = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Raised:
    """An exception that the project has raised.

    Args:
        error: Its class.
        message: Its text.
        frames: Files and lines of the stack, the innermost last.
    """

    error: str
    message: str
    frames: Frames

    def __str__(self) -> str:
        """Return class and text as a traceback's last line has them."""
        return f"{self.error}: {self.message}" if self.message else self.error


@dataclass(frozen=True)
class Trial:
    """What a program of probe/experiments.py has answered.

    Args:
        answers: Its lines, each a word and what belongs to it.
        exit_code: Of its process: negative for the number of a signal. None when time was over.
        time_limit: Seconds that it had.
    """

    answers: tuple[tuple[Any, ...], ...]
    exit_code: int | None
    time_limit: float

    @property
    def end(self) -> str:
        """Describe how a process without an answer ended."""
        return ended_by(self.exit_code, self.time_limit)

    @property
    def raised(self) -> Raised | None:
        """Return the exception that the program ended with."""
        failed = [answer for answer in self.answers if answer[0] == FAILED]
        return raised(failed[-1][1:]) if failed else None


# The result of an experiment that did not run. No rule reports it.
UNTRIED = Trial((), exit_code=0, time_limit=0)


def raised(told: Sequence[Any]) -> Raised:
    """Return an exception out of an answer: class, text, files and lines."""
    error, message, frames = told
    return Raised(error, message, tuple((file, line) for file, line in frames))
