"""Errors shown to users: one line that says what to do, and an exit code."""


class Failed(Exception):
    """A failure with a message of one line. Each kind has the exit code that others rely on."""

    exit_code: int


class UsageFailed(Failed):
    """The command was called with something that it cannot use."""

    exit_code = 2


class EnvironmentFailed(Failed):
    """The wheel or the environment for it could not be built."""

    exit_code = 4


class Interrupted(Failed):
    """A person has stopped the command."""

    exit_code = 130


def in_words(error: OSError) -> str:
    """Return what the system says is wrong, and with which file."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
