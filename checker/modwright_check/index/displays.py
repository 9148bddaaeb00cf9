"""Imports that fail for want of a display, which the machine that checks them does not have."""

import re
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Failed
from modwright_check.static.reading import read_code

_SAYS_SO = re.compile(
    r"\b(?:no|bad|missing|failed|unable|without|cannot|can't|could ?n(?:o|')t)\b.{0,40}\bdisplay\b"
    r"|\$DISPLAY|\bheadless\b|\bX (?:server|connection)\b",
    re.IGNORECASE,
)
_IS_CALLED_SO = re.compile(r"(?:No|Missing|Bad)(?:Such)?Display|Display(?:Name|Connection)Error")
# What gets at a display, in the sources that an exception has come through.
_OPENS = re.compile(
    rb"XOpenDisplay|wl_display_connect|\bXlib\b|\bxcb|\btkinter\b|\b(?:WAYLAND_)?DISPLAY\b|\bGdk\b"
)
_NOT_SET = re.compile(r"'(?:WAYLAND_)?DISPLAY'")


def wants_a_display(failure: Failed, evidence: Evidence) -> bool:
    """Return whether an import has failed because there is no display.

    The exception says so, and comes through a source that gets at one. A variable that is not set
    says so only under a test of the system: others have displays without it.

    Args:
        failure: Of the import, or of a script.
        evidence: All that is known of the project.
    """
    if failure.error == "KeyError" and _NOT_SET.fullmatch(failure.message):
        return any(_asks_for_the_system(*frame, evidence) for frame in failure.frames)
    if not (_SAYS_SO.search(failure.message) or _IS_CALLED_SO.search(failure.error or "")):
        return False
    return any(_OPENS.search(_content(file)) for file in {file for file, _ in failure.frames})


def _asks_for_the_system(file: str, line: int | None, evidence: Evidence) -> bool:
    """Return whether a line of an installed module runs on one system alone."""
    installed = Path(file).is_relative_to(evidence.environment.site_packages)
    walk = evidence.walk_over(Path(file)) if installed else None
    there = walk.at(line) if walk and line else None
    return there is not None and there[1].platforms


def _content(file: str) -> bytes:
    try:
        return read_code(Path(file))
    except (OSError, SyntaxError, ValueError):
        return b""
