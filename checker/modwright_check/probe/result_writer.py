"""Writes outcomes: a file for each worker of the tree, opened anew for each outcome."""

from __future__ import annotations

from os import O_APPEND, O_CREAT, O_WRONLY, close, write
from os import open as open_descriptor

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any

# Taken hold of now: a module may put anything in the place of these.
_repr, _encode = repr, str.encode


class Outcomes:
    """The outcomes of one line: each a line of `repr`.

    Args:
        file: Where to write them. No descriptor is held open: a module could close it.
    """

    def __init__(self, file: str) -> None:
        self.file = file

    def note(self, kind: str, name: str, content: Any) -> None:
        """Write down one outcome.

        Raises:
            OSError: There is no room for it.
        """
        # The line break before it keeps it apart from one that was cut off by the writer's end.
        line = _encode(f"\n{_repr((kind, name, content))}\n", "utf-8", "backslashreplace")
        descriptor = open_descriptor(self.file, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        try:
            while line:
                line = line[write(descriptor, line) :]
        finally:
            close(descriptor)
