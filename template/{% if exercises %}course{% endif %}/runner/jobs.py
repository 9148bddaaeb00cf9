"""Work that goes on while keys are read."""

import os
import threading
from collections.abc import Callable, Sequence
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


def in_parallel(
    works: Sequence[Callable[[threading.Event], Result]],
    stop: threading.Event,
    on_done: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Do works, as many at once as there are processors, and return their results in order.

    Raises:
        Stopped: `stop` was set. What a work raises, and Ctrl-C, stops the others as well.
    """
    # Loads a tenth of all that a learner waits for at the start, and most of them never need it.
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(work, stop) for work in works]
        try:
            for _ in as_completed(jobs):
                if stop.is_set():
                    raise Stopped
                on_done()
            return [job.result() for job in jobs]
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
