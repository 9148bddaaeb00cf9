"""What the extras of a project bring in the end, by way of what they name."""

from collections.abc import Mapping
from functools import cached_property

from modwright_check.index.evidence import Evidence
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.wheel.declared_dependencies import Declared
from modwright_check.wheel.import_names import ImportNames, distribution_of_part


class Extras:
    """What the extras of a project bring in the end.

    They are resolved when somebody asks for what none of them names, and not before: that takes
    seconds.

    Args:
        evidence: All that is known of the project.
        declared: What it declares.
        names: Of distributions, and what they hold.
    """

    def __init__(self, evidence: Evidence, declared: Declared, names: ImportNames) -> None:
        self._names = names
        self._evidence = evidence
        self._declared = declared

    def bringing(self, module: str) -> tuple[str, str, list[str]] | None:
        """Return who brings a module along, without being named by any extra.

        Args:
            module: Its dotted name.

        Returns:
            Its distribution, the one named by extras that brings it, and these extras; None when
            no extra brings it.
        """
        name = self._names.among(module, self._brought) or distribution_of_part(
            module, self._brought
        )
        if name is None:
            return None
        named = self._brought[name]
        return name, named, self._declared.extras_with(named)

    @property
    def all_known(self) -> bool:
        """Return whether it is known of each extra what it brings."""
        return self._resolved[1]

    @cached_property
    def _brought(self) -> dict[str, str]:
        """Return what comes along with the extras, each with what they name that brings it."""
        requires: dict[str, set[str]] = {}
        for name, requiring in self._resolved[0].items():
            for each in requiring:
                requires.setdefault(each, set()).add(name)
        brought: dict[str, str] = {}
        named = frozenset[str]().union(*self._declared.extras.values())
        for first in sorted(named):
            waiting = [first]
            while waiting:
                for name in sorted(requires.get(waiting.pop(), ())):
                    if name not in named and name not in brought:
                        brought[name] = first
                        waiting.append(name)
        return brought

    @cached_property
    def _resolved(self) -> tuple[Mapping[str, frozenset[str]], bool]:
        """Return who requires whom, and whether that is known of each extra."""
        extras = sorted(extra for extra, names in self._declared.extras.items() if names)
        return self._resolve(extras) if extras else ({}, True)

    def _resolve(self, extras: list[str]) -> tuple[Mapping[str, frozenset[str]], bool]:
        """Resolve extras together, and in halves when some exclude others or cannot be had."""
        try:
            return self._evidence.resolve(extras), True
        except EnvironmentFailed:
            if len(extras) == 1:
                return {}, False
        middle = len(extras) // 2
        (one, one_known), (other, other_known) = map(
            self._resolve, (extras[:middle], extras[middle:])
        )
        requiring = {
            name: one.get(name, frozenset()) | other.get(name, frozenset())
            for name in (*one, *other)
        }
        return requiring, one_known and other_known
