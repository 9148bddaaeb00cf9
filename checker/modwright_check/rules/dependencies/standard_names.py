"""Imports in functions of names that the standard library does not have."""

from modwright_check.model.questions import Answers, HasAttributes
from modwright_check.static.names import mentions
from modwright_check.static.source import Import
from modwright_check.static.standard_library import availabilities
from modwright_check.static.standard_modules import StandardModules


class StandardNames:
    """The modules and names that the standard library does not have, in any Python.

    Those that some Pythons or systems have are MW702's and MW703's to tell, with the reason.

    Args:
        standard: The library of the project's Python.
    """

    def __init__(self, standard: StandardModules) -> None:
        self._standard = standard
        self._may_be_there: dict[tuple[str, str], bool] = {}

    def question(self, statement: Import) -> HasAttributes | None:
        """Return what is to be asked of the project's interpreter; None when all may be there.

        Args:
            statement: It imports from the standard library.
        """
        suspects = self._suspects(statement)
        return HasAttributes(statement.module, tuple(filter(None, suspects))) if suspects else None

    def lacking(self, statement: Import, answers: Answers) -> list[str]:
        """Return what an import names that is not there, each with its module.

        Args:
            statement: It imports from the standard library.
            answers: Among them, the one to its question.
        """
        module, question = statement.module, self.question(statement)
        if question is None:
            return []
        trial, suspects = answers.to(question), self._suspects(statement)
        if trial.raised:  # systems leave whole packages out, or the extensions that they need
            said = trial.raised.message
            is_lacking = "." in module and said.startswith(f"No module named '{module}'")
            lacking = suspects if is_lacking else []
        else:
            lacks = {answer[1] for answer in trial.answers if answer[0] == "lacks"}
            lacking = [name for name in suspects if name in lacks]
        return [f"{module}.{name}".strip(".") for name in lacking]

    def _suspects(self, statement: Import) -> list[str]:
        """Return the names that may be missing; an empty one stands for the module itself."""
        module = statement.module
        top = module.partition(".")[0]
        if top not in self._standard or top.startswith("_"):
            return []  # what is private differs from system to system
        names = [name for name in statement.names if name != "*"] or [""]
        return [name for name in names if not self._may_have(module, name)]

    def _may_have(self, module: str, name: str) -> bool:
        if (module, name) not in self._may_be_there:
            may_be_there = _differs(module, name) or self._is_here(module, name)
            self._may_be_there[module, name] = may_be_there
        return self._may_be_there[module, name]

    def _is_here(self, module: str, name: str) -> bool:
        """Return whether this Python may have it, as far as nobody needs to import it.

        Nearly every name is found so, and needs no question.
        """
        file = self._standard.file(module)
        if file and file.suffix == ".py" and mentions(file, name):
            return True
        return self._standard.holds(f"{module}.{name}".strip("."))


def _differs(module: str, name: str) -> bool:
    """Return whether this is to be had in some Pythons, or on some systems."""
    table = availabilities()
    while module:
        if {module, f"{module}:{name}", f"{module}.{name}"} & table.keys():
            return True
        module, _, name = module.rpartition(".")
    return False
