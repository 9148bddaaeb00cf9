"""Tests whether a source file mentions a name."""

import re
from pathlib import Path

from modwright_check.static.reading import read_code

# Signs that a module gets names by other means than statements that bind them.
_MAKES_NAMES = re.compile(r"__getattr__|globals\(\)|setattr\(|exec\(|sys\.modules|__dict__")
# All names of another module, in a `try` or on a condition; and what only type checkers read.
_MAYBE_ALL = re.compile(r"^[ \t]+from[ \t].*\bimport[ \t]*\*", re.MULTILINE)
_FOR_TYPES = re.compile(r"^if (?:\w+\.)?TYPE_CHECKING:[^\n]*(?:\n(?:[ \t][^\n]*)?)*", re.MULTILINE)


def mentions(file: Path, name: str) -> bool:
    """Return whether a module may have a name: better silent than wrong.

    Args:
        file: Of the module. Only of one in Python is it known what it mentions.
        name: That somebody would import from it.
    """
    if file.suffix != ".py":
        return True
    try:
        text = read_code(file).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return True
    if re.search(rf"\b{re.escape(name)}\b", text):
        return True
    return _MAYBE_ALL.search(_FOR_TYPES.sub("", text)) is not None


def makes_names(text: str) -> bool:
    """Return whether a module may bind names that no statement of its source binds.

    Args:
        text: Its source.
    """
    return _MAKES_NAMES.search(text) is not None
