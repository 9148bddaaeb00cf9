"""What can go wrong for a person: one line that says what to do, and an exit code."""

from modwright_check.model.errors import (
    EnvironmentFailed,
    Failed,
    Interrupted,
    UsageFailed,
    in_words,
)

__all__ = [
    "IN_CONFLICT",
    "EnvironmentFailed",
    "Failed",
    "Interrupted",
    "TemplateFailed",
    "UsageFailed",
    "in_words",
]

IN_CONFLICT = 5  # the exit code of an update that a person has to end


class TemplateFailed(Failed):
    """The template or the answers did not give a project."""

    exit_code = 3
