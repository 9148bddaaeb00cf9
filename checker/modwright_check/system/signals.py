"""Signals that end a command: they raise an exception, but not while work must be completed."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Windows has no SIGHUP.
_NUMBERS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class _Receiver:
    """Receives the signals, and decides when one becomes an exception."""

    def __init__(self) -> None:
        self.whole = 0  # pieces of work under way that must not be interrupted
        self.waiting: int | None = None
        self.raised: BaseException | None = None

    def receive(self, number: int, _frame: FrameType | None) -> None:
        if self._is_ending():  # people press Ctrl-C twice, and shells repeat SIGHUP
            return
        if self.whole:
            self.waiting = self.waiting or number
        else:
            self.end(number)

    def end(self, number: int) -> None:
        self.raised = KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)
        raise self.raised

    def _is_ending(self) -> bool:
        """Return whether the clean-up after an earlier signal is under way."""
        error = sys.exception()
        while error is not None and error is not self.raised:
            error = error.__context__
        return error is not None


_RECEIVER = _Receiver()


def raise_on_signals() -> None:
    """Let the signals to end raise `KeyboardInterrupt` or `SystemExit`, unless they are ignored.

    `nohup` ignores SIGHUP, and a shell lets its background jobs ignore SIGINT.
    """
    for number in _NUMBERS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _RECEIVER.receive)


def end_on_signals() -> None:
    """Let the signals end this process at once: there is nothing to clean up, or nothing left."""
    for number in _NUMBERS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            # The program itself asks for it, before all its other imports.
            signal.signal(number, signal.SIG_DFL)  # modwright: ignore[MW712]


def exit_code_of_signal() -> int | None:
    """Return the exit code after a signal that was raised, as shells report it."""
    match _RECEIVER.raised:
        case SystemExit(code=int(code)):
            return code
        case KeyboardInterrupt():
            return 128 + signal.SIGINT
        case _:
            return None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals wait until a piece of work is done that must be done whole, or not at all."""
    _RECEIVER.whole += 1
    try:
        yield
    finally:
        _RECEIVER.whole -= 1
        if not _RECEIVER.whole and _RECEIVER.waiting:
            number, _RECEIVER.waiting = _RECEIVER.waiting, None
            _RECEIVER.end(number)
