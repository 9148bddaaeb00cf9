"""A few of many, chosen so that together they show all that the many show."""

from collections.abc import Callable, Hashable, Sequence, Set
from typing import TypeVar

Thing = TypeVar("Thing")


def covering(
    many: Sequence[Thing],
    shown_by: Callable[[Thing], Set[Hashable]],
    cost: Callable[[Thing], float] = lambda _: 1,
) -> list[Thing]:
    """Return a cheap choice of the many that shows all that they show, in their order.

    The greedy way (Chvátal 1979): again and again the first of those that show the most for their
    cost of what is not shown yet. A cheaper choice may exist, but not one that is much cheaper.
    """
    shown = [shown_by(thing) for thing in many]
    missing = set().union(*shown)
    chosen: set[int] = set()
    while missing:
        worth = [len(new & missing) / cost(thing) for new, thing in zip(shown, many, strict=True)]
        best = worth.index(max(worth))
        chosen.add(best)
        missing -= shown[best]
    return [many[number] for number in sorted(chosen)]
