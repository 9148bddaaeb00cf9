"""Progress on stderr: a line that changes on a terminal, a line for each step elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console

from modwright_check.model.report import Progress


@contextmanager
def progress(subject: str) -> Iterator[Progress]:
    """Yield a function that shows the current step and its progress.

    Args:
        subject: What it is done to; it begins each line.
    """
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _step_by_step(console, subject)
        return
    with console.status(subject) as status:
        yield lambda step, detail: status.update(f"{subject}: {step} {detail}")


def _step_by_step(console: Console, subject: str) -> Progress:
    told: set[str] = set()

    def tell(step: str, _detail: str) -> None:
        if step not in told:
            with suppress(OSError):  # nobody reads it
                console.print(f"{subject}: {step}", soft_wrap=True, markup=False)
        told.add(step)

    return tell
