"""Work that goes on while keys are read."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from .processes import Stopped

Result = TypeVar("Result")


class Job(Generic[Result]):
    """A piece of work in the background, which can be stopped."""

    def __init__(self, work: Callable[[threading.Event], Result]) -> None:
        """Begin; the work gets what will be set when it has to stop."""
        self.result: Result | None = None
        self.problem: BaseException | None = None
        self._stop = threading.Event()
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Stop, and wait until all that was started has ended."""
        self._stop.set()
        self._thread.join()

    def outcome(self) -> Result:
        """Return the result of work that is done, or raise what it has raised."""
        self._thread.join()
        if self.problem:
            raise self.problem
        assert self.result is not None  # noqa: S101 (there is the one or the other)
        return self.result

    def _run(self) -> None:
        try:
            self.result = self._work(self._stop)
        except Stopped:
            pass
        except BaseException as problem:  # it is raised again where somebody asks
            self.problem = problem
