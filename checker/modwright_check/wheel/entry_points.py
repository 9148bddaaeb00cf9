"""The entry points that a distribution declares, including those that are not object references.

On account of one, Python's own reader refuses all from 3.15 on.
"""

from collections.abc import Iterator
from importlib.metadata import Distribution
from typing import NamedTuple

# Installers make programs of these: nobody else loads them.
COMMANDS = {"console_scripts", "gui_scripts"}


class EntryPoint(NamedTuple):
    """An entry point.

    Args:
        name: By which it is asked for.
        value: What it refers to.
        group: Of the program that asks for it.
    """

    name: str
    value: str
    group: str


def entry_points(distribution: Distribution) -> Iterator[EntryPoint]:
    """Yield each entry point; installers refuse a line that is none."""
    group = ""
    for line in map(str.strip, (distribution.read_text("entry_points.txt") or "").splitlines()):
        name, is_one, value = map(str.strip, line.partition("="))
        if line.startswith("[") and line.endswith("]"):
            group = line.strip("[]")
        elif is_one and group and not line.startswith("#"):
            yield EntryPoint(name, value, group)
