"""Describes how a process ended."""

import signal

# Exit codes of Windows from here on are exceptions that nothing has caught (NTSTATUS, severity 3).
_WINDOWS_CRASH = 0xC0000000


def ended_by(exit_code: int | None, time_limit: float) -> str:
    """Describe how a process that did not finish normally ended.

    Args:
        exit_code: Negative for the number of a signal; None when its time was over.
        time_limit: Seconds that it had.
    """
    if exit_code is None:
        return f"does not finish within {time_limit:g} s"
    if is_crash(exit_code):
        return f"crashes the interpreter: {signal_name(exit_code)}"
    return f"ends the interpreter: os._exit({exit_code})"


def is_crash(exit_code: int | None) -> bool:
    """Return whether a process has ended by a signal, or by an exception of Windows."""
    return exit_code is not None and (exit_code < 0 or exit_code >= _WINDOWS_CRASH)


def signal_name(exit_code: int) -> str:
    """Return what a crash is called."""
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return hex(exit_code)
