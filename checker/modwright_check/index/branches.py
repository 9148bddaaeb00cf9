"""What modules do in branches that run at import, to what all of a process share."""

from collections.abc import Callable, Sequence
from functools import cache

from modwright_check.index.acts import ActsAtImport, Done
from modwright_check.index.evidence import Evidence
from modwright_check.model.questions import RunsLines
from modwright_check.static.patches import Patch, patches_in_branches
from modwright_check.wheel.modules import Module


class Branches:
    """What modules do where one of their branches runs at import: these lines have been seen to.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        # By the module's name, whether they run or not.
        self.all_patches: Callable[[str], list[Patch]] = cache(self._in_branches)

    def acts(self, module: Module) -> list[Done]:
        """Return what a module does to the whole process.

        Args:
            module: Of the wheel.
        """
        found = self._all_acts(module.name)
        ran = self._ran(module) if found else ()
        return [each for each in found if each.act.line in ran]

    def patches(self, module: Module) -> list[Patch]:
        """Return what a module assigns to others' modules and classes.

        Args:
            module: Of the wheel.
        """
        found = self.all_patches(module.name)
        ran = self._ran(module) if found else ()
        return [each for each in found if each.line in ran]

    def question(self, module: Module) -> RunsLines | None:
        """Return the question which of these lines run; None where there are none.

        Args:
            module: Of the wheel.
        """
        outcome = self._evidence.outcomes.get(module.name)
        if outcome is None or not outcome.loaded:
            return None
        lines = {
            *(each.act.line for each in self._all_acts(module.name)),
            *(each.line for each in self.all_patches(module.name)),
        }
        file = str(self._evidence.sources.installed(module.path))
        return RunsLines(module.name, file, tuple(sorted(lines))) if lines else None

    def _ran(self, module: Module) -> set[int]:
        question = self.question(module)
        answers = self._evidence.answers.to(question).answers if question else ()
        return {each[1] for each in answers if each[0] == "ran"}

    def _all_acts(self, module: str) -> Sequence[Done]:
        return self._evidence.index_of_sources(ActsAtImport).in_branches.get(module, ())

    def _in_branches(self, module: str) -> list[Patch]:
        source = self._evidence.read.get(module)
        return [*patches_in_branches(source, self._evidence.standard)] if source else []
