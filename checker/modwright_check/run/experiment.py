"""Runs probe/experiments.py in a process of its own, and reads what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modwright_check.model.environment import Environment
from modwright_check.run.exit_status import ended_by
from modwright_check.run.protocol import tuples_in
from modwright_check.run.sandbox import UnderWay, run_alone

EXPERIMENTS = Path(__file__).parents[1] / "probe" / "experiments.py"
FAILED = "failed"  # begins its answer that something raised

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
    """What an experiment has answered.

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
        """Return in words how the process ended that has not answered."""
        return ended_by(self.exit_code, self.time_limit)

    @property
    def raised(self) -> Raised | None:
        """Return the exception that the program ended with."""
        failed = [answer for answer in self.answers if answer[0] == FAILED]
        return raised(failed[-1][1:]) if failed else None


def run_experiment(
    environment: Environment, time_limit: float, under_way: UnderWay, *arguments: str
) -> Trial:
    """Run one of the programs of probe/experiments.py in an environment.

    Args:
        environment: Whose Python runs it.
        time_limit: Seconds that it has.
        under_way: By which it is ended with the check.
        arguments: Its name, and what its docstring says.

    Raises:
        EnvironmentFailed: Python cannot be started.
    """
    ran = run_alone(environment, ("-I", str(EXPERIMENTS), *arguments), time_limit, under_way)
    return Trial(tuple(tuples_in(ran.stdout)), ran.exit_code, time_limit)


def raised(told: Sequence[Any]) -> Raised:
    """Return an exception out of an answer: class, text, files and lines."""
    error, message, frames = told
    return Raised(error, message, tuple((file, line) for file, line in frames))
