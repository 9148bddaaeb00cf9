"""What a statement does to the whole process."""

from typing import NamedTuple


class Act(NamedTuple):
    """What a statement does to the whole process.

    Args:
        kind: `seed`, `setting` (a call), `holder` (of settings), `table`, `registration`,
            `logging`, `logger`, `log filter`, `silent handler` or `command line`.
        name: Of what is called or changed; of a logger its own name.
        line: From 1 on.
        about: The dotted name of the class that is told how to be written, else empty.
    """

    kind: str
    name: str
    line: int
    about: str = ""
