"""What can go wrong for a person: one line that says what to do, and an exit code."""

IN_CONFLICT = 5  # the exit code of an update that a person has to end


class ModwrightError(Exception):
    """A failure with a message of one line. Each kind has the exit code that others rely on."""

    exit_code: int


class UsageFailed(ModwrightError):
    """The command was called with something that it cannot use."""

    exit_code = 2


class TemplateFailed(ModwrightError):
    """The template or the answers did not give a project."""

    exit_code = 3


class EnvironmentFailed(ModwrightError):
    """The wheel or the environment for it could not be built."""

    exit_code = 4


class Interrupted(ModwrightError):
    """A person has stopped the command."""

    exit_code = 130


def in_words(error: OSError) -> str:
    """Return what the system says is wrong, and with which file."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
