"""What is said of a module that cannot be imported: code, message and hint."""

from modwright_check.model.exit_status import is_crash, signal_name
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import import_hint


def said_of(module: str, outcome: Outcome) -> tuple[str, str, str]:
    """Return code, message and hint of a failed import."""
    if outcome.exits:
        return _exits(f"sys.exit({outcome.message})")
    if outcome.error:
        return _raises(module, outcome.error, outcome.message)
    if outcome.killed_parent:
        return _kills()
    if outcome.excess:
        return _takes_too_much(outcome.excess)
    if outcome.exit_code is None:
        return _hangs(outcome.time_limit)
    if is_crash(outcome.exit_code):
        return _crashes(module, outcome.exit_code)
    return _exits(f"os._exit({outcome.exit_code})")


def _raises(module: str, error: str, message: str) -> tuple[str, str, str]:
    return (
        "MW101",
        f"raises {error}: {message}" if message else f"raises {error}",
        import_hint(module),
    )


def _exits(how: str) -> tuple[str, str, str]:
    return (
        "MW102",
        f"ends the interpreter at import: {how}",
        'Move the code into a function, and call it under `if __name__ == "__main__":`.',
    )


def _crashes(module: str, exit_code: int) -> tuple[str, str, str]:
    return (
        "MW103",
        f"crashes the interpreter at import: {signal_name(exit_code)}",
        f'Run `python -X faulthandler -c "import {module}"` to see the line that crashes.',
    )


def _hangs(time_limit: float) -> tuple[str, str, str]:
    return (
        "MW104",
        f"does not finish importing within {time_limit:g} s",
        "Move the code that waits or computes into a function.",
    )


def _takes_too_much(excess: str) -> tuple[str, str, str]:
    return (
        "MW104",
        f"does not finish importing: {excess}, and was ended",
        "Move the code that takes it into a function.",
    )


def _kills() -> tuple[str, str, str]:
    return (
        "MW105",
        "kills the process that imports it",
        "Move the code that sends the signal into a function.",
    )
