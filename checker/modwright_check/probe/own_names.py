"""Names that only this process has: its number, and what tempfile has made up for it.

What else differs from run to run is known by its form, and left out later (`model/steady.py`).
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

_RANDOM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")  # as tempfile._RandomNameSequence has
_LENGTH = 8
_PREFIX = "tmp"  # where none is given
_MAKING_UP = {"tempfile.mkstemp", "tempfile.mkdtemp"}
_SHORTEST = 3  # digits of a process id; shorter ones are everybody's numbers

_made_up: dict[str, str] = {}
_temporary: set[str] = set()


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Remember a name that tempfile has made up, by the event that tells of it."""
    if event in _MAKING_UP and arguments and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        name = os.path.basename(path)
        _made_up[name] = _without_random(name)
        _temporary.add(path)


def working_directory() -> str | None:
    """Return the working directory; None where that is gone."""
    try:
        return os.getcwd()
    except OSError:
        return None


def is_gone(text: str) -> bool:
    """Return whether a text is about a file of tempfile's, or in a folder of its, that is gone."""
    return any(path in text and not os.path.lexists(path) for path in _temporary)


def without_own_names(text: str) -> str:
    """Return a text with `…` for names that another run has otherwise."""
    for name, steady in _made_up.items():
        text = text.replace(name, steady)
    return _without(str(os.getpid()), text)


def _without_random(name: str) -> str:
    """Return a name without its random part, which stands before its suffix.

    What stands behind the prefix that tempfile gives may be it as well: a suffix looks like it too.
    """
    begins = range(len(name) - _LENGTH, -1, -1)
    random = [each for each in begins if _RANDOM.issuperset(name[each : each + _LENGTH])]
    if not random:
        return name
    begin, first = random[0], len(_PREFIX)
    if first not in random or not name.startswith(_PREFIX):
        first = begin
    if begin > first + _LENGTH:
        between = name[first + _LENGTH : begin]
        return f"{name[:first]}…{between}…{name[begin + _LENGTH :]}"
    return f"{name[:first]}…{name[max(begin, first) + _LENGTH :]}"


def _without(number: str, text: str) -> str:
    """Return a text without a number, where it is not a part of a longer one."""
    before, found, after = text.partition(number)
    if not found or len(number) < _SHORTEST:
        return text
    alone = not (before[-1:].isdigit() or after[:1].isdigit())
    return before + ("…" if alone else number) + _without(number, after)
