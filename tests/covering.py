"""A few of many, chosen so that together they show all that the many show."""

from collections.abc import Callable, Hashable, Sequence, Set
from typing import TypeVar

Thing = TypeVar("Thing")


def fewest(many: Sequence[Thing], shown_by: Callable[[Thing], Set[Hashable]]) -> list[Thing]:
    """Return few of the many that together show what all of them show, in their order.

    The greedy way (Chvátal 1979): again and again the first of those that show the most of what is
    not shown yet. There may be fewer, but not many fewer.
    """
    shown = [shown_by(thing) for thing in many]
    missing = set().union(*shown)
    chosen: set[int] = set()
    while missing:
        best = max(range(len(many)), key=lambda number: (len(shown[number] & missing), -number))
        chosen.add(best)
        missing -= shown[best]
    return [many[number] for number in sorted(chosen)]
