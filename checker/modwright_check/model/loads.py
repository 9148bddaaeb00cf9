"""What came in with an import, where most of it has been seen with other imports."""

from collections.abc import Iterable, Iterator, Mapping

from modwright_check.model.import_result import Loaded


class Loads(Iterable[Loaded]):
    """What came in with an import, worked out whenever somebody wants to know it.

    Of a thousand modules that import one another each brings in hundreds: nobody could hold that.

    Args:
        noted: What was seen of this import; of what it was handed back, not what that brings.
        handed: The modules of the project that it was handed back.
        others: By module, what was seen of its own import.
    """

    def __init__(
        self,
        noted: tuple[Loaded, ...],
        handed: frozenset[str],
        others: Mapping[str, "Loads"],
    ) -> None:
        self.noted = noted
        self._handed = handed
        self._others = others

    def handed_back(self, name: str) -> "Loads | None":
        """Return what was seen of a module of the project, where this import was handed it back."""
        return self._others.get(name) if name in self._handed else None

    def __iter__(self) -> Iterator[Loaded]:
        """Yield each module once, those that it needs before itself.

        There is no recursion: a chain of imports may be long.
        """
        known: set[str] = set()
        # Of each import that is gone through: what is left of it, its handed ones, how much deeper
        # it lies here than alone, and what to yield after it.
        way: list[tuple[Iterator[Loaded], frozenset[str], int, Loaded | None]]
        way = [(iter(self.noted), self._handed, 0, None)]
        while way:
            left, handed, deeper, after = way[-1]
            for load in left:
                if load.name in known:
                    continue
                known.add(load.name)
                here = load._replace(depth=load.depth + deeper)
                other = self._others.get(load.name) if load.name in handed else None
                if other is None:
                    yield here
                    continue
                way.append((iter(other.noted), other._handed, here.depth - 1, here))
                break
            else:
                way.pop()
                if after:
                    yield after


def noted(loads: Iterable[Loaded]) -> Iterable[Loaded]:
    """Return what was seen of one import alone: of what it was handed back, not what is inside."""
    return loads.noted if isinstance(loads, Loads) else loads


def total_of(name: str, loads: Iterable[Loaded]) -> int:
    """Return how many modules came in with one of those that an import loads; 0 if it does not."""
    handed_back = loads.handed_back(name) if isinstance(loads, Loads) else None
    seen = reversed([*noted(handed_back or loads)])  # a module comes after what it loads
    return next((load.modules for load in seen if load.name == name), 0)
