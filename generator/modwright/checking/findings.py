"""From what was seen of an import to what is said about it: see docs/findings/."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from modwright.checking.discovery import Module
from modwright.checking.isolation import Outcome
from modwright.checking.report import Finding, Severity
from modwright.checking.sources import Sources

LONGEST_MESSAGE = 500  # characters; some exceptions quote all that they were given

# Exit codes of Windows from here on are exceptions that nothing has caught (NTSTATUS, severity 3).
_WINDOWS_CRASH = 0xC0000000


@dataclass(frozen=True)
class _Problem:
    code: str
    message: str
    hint: str


def findings_of(module: Module, outcome: Outcome, sources: Sources) -> tuple[Finding, ...]:
    """Return what there is to say of one import.

    Args:
        module: What was imported.
        outcome: What was seen.
        sources: The wheel's files, installed and in the project.
    """
    problem = _problem(module, outcome, sources)
    if problem is None:
        return ()
    place = sources.innermost(outcome.frames) or (sources.in_project(module.path), None)
    return (
        Finding(
            code=problem.code,
            severity=Severity.ERROR,
            module=module.name,
            file=place[0],
            line=place[1],
            message=_printable(sources.shortened(problem.message)),
            hint=problem.hint,
        ),
    )


def no_modules() -> Finding:
    """Return the finding for a wheel that offers nothing to import."""
    return Finding(
        code="MW402",
        severity=Severity.ERROR,
        module="",
        file="pyproject.toml",
        line=None,
        message="the wheel holds no module",
        hint="Tell the build back end where the package lies.",
    )


def _problem(module: Module, outcome: Outcome, sources: Sources) -> _Problem | None:
    if outcome.loaded:
        return _from_elsewhere(module, outcome, sources)
    if outcome.exits:
        return _exits(f"sys.exit({outcome.message})")
    if outcome.missing and _is_a_dependency(outcome.missing, sources):
        return _missing_dependency(outcome.missing)
    if outcome.error:
        return _raises(outcome.error, outcome.message)
    if outcome.exit_code is None:
        return _hangs(outcome.time_limit)
    if outcome.exit_code < 0 or outcome.exit_code >= _WINDOWS_CRASH:
        return _crashes(outcome.exit_code)
    return _exits(f"os._exit({outcome.exit_code})")


def _is_a_dependency(name: str, sources: Sources) -> bool:
    """Return whether a missing module would have to come from another distribution."""
    of_python = name.partition(".")[0] in sys.stdlib_module_names  # of another system, or a typo
    return not of_python and not sources.answers_for(name)


def _printable(message: str) -> str:
    """Return a message as one line that does nothing to the terminal that shows it."""
    one_line = " ".join(message[: 2 * LONGEST_MESSAGE].split())
    if len(one_line) > LONGEST_MESSAGE:
        one_line = f"{one_line[:LONGEST_MESSAGE]} …"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in one_line)


def _raises(error: str, message: str) -> _Problem:
    return _Problem(
        "MW101",
        f"{error}: {message}" if message else error,
        "Import it alone in a fresh interpreter and follow the traceback.",
    )


def _exits(how: str) -> _Problem:
    return _Problem(
        "MW102",
        f"ends the interpreter at import: {how}",
        'Move what runs into a function, and call it under `if __name__ == "__main__":`.',
    )


def _crashes(exit_code: int) -> _Problem:
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = hex(exit_code)
    return _Problem(
        "MW103",
        f"crashes the interpreter at import: {name}",
        "Look at the extension modules that it loads; their debug builds say more.",
    )


def _hangs(time_limit: float) -> _Problem:
    return _Problem(
        "MW104",
        f"does not finish importing within {time_limit:g} s",
        "Move what waits or computes into a function.",
    )


def _missing_dependency(name: str) -> _Problem:
    top = name.partition(".")[0]
    return _Problem(
        "MW201",
        f"imports {name}, which the declared dependencies do not bring",
        f"Add the distribution that holds {top} to `dependencies` in pyproject.toml.",
    )


def _from_elsewhere(module: Module, outcome: Outcome, sources: Sources) -> _Problem | None:
    if outcome.file is None or Path(outcome.file).resolve() == sources.installed(module.path):
        return None
    return _Problem(
        "MW401",
        f"another module of this name is imported in its place: {outcome.file}",
        "Rename it: whoever installs the wheel gets the other one too.",
    )
