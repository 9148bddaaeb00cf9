"""Environment variables that an import changes, and puts back before it ends."""

from __future__ import annotations

from os import environ, fsdecode

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

_CHANGES = {"os.putenv", "os.unsetenv"}


class Variables:
    """The variables that an import has changed, with what they were before."""

    def __init__(self) -> None:
        self._values: dict[str, list[str | None]] = {}  # of each that it had, the first before

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of a change, by the event that comes just before it.

        Args:
            event: Its name.
            arguments: What comes with it.
        """
        if event in _CHANGES:
            name, *value = map(fsdecode, arguments)
            values = self._values.setdefault(name, [environ.get(name)])
            values.append(value[0] if value else None)

    def is_put_back(self, told: str) -> bool:
        """Return whether the variable that an effect is about has again the value that it had.

        Args:
            told: What the effect does, with the name of the variable at the end.
        """
        before, *since = self._values.get(told.rpartition(" ")[2], [None])
        return len({before, *since}) > 1 and since[-1] == before
