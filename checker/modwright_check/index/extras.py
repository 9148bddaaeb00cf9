"""The distributions that the extras of a project install, directly and transitively."""

from functools import cached_property

from modwright_check.model.questions import Answers, Brought, BroughtByExtras
from modwright_check.wheel.declared_dependencies import Declared
from modwright_check.wheel.import_names import ImportNames, distribution_of_part


class Extras:
    """What the extras of a project bring in the end.

    They are resolved when an import misses what none of them names, and not before: that takes
    seconds.

    Args:
        declared: What the project declares.
        names: Of distributions, and what they hold.
        answers: To what rules have asked.
    """

    def __init__(self, declared: Declared, names: ImportNames, answers: Answers) -> None:
        self._names = names
        self._declared = declared
        self._answers = answers

    @property
    def question(self) -> BroughtByExtras | None:
        """Return what is to be asked to know it; None when no extra names anything."""
        extras = sorted(extra for extra, names in self._declared.extras.items() if names)
        return BroughtByExtras(tuple(extras)) if extras else None

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
        return self._resolved.all_known

    @cached_property
    def _brought(self) -> dict[str, str]:
        """Return what comes along with the extras, each with what they name that brings it."""
        requires: dict[str, set[str]] = {}
        for name, requiring in self._resolved.requiring.items():
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
    def _resolved(self) -> Brought:
        if self.question is None:
            return Brought({}, all_known=True)
        return self._answers.to(self.question)
