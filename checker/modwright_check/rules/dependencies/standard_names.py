"""What a function imports of the standard library, and in vain."""

from modwright_check.index.evidence import Evidence
from modwright_check.index.experiments import tried
from modwright_check.static.names import mentions
from modwright_check.static.source import Import
from modwright_check.static.standard_library import availabilities


class StandardNames:
    """The modules and names that the standard library does not have, in any Python.

    Those that some Pythons or systems have are MW702's and MW703's to tell, with the reason.

    Args:
        evidence: All that is known of the project, whose interpreter is asked.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._lacking: dict[tuple[str, str], bool] = {}

    def lacking(self, statement: Import) -> list[str]:
        """Return what an import names that is not there, each with its module.

        Args:
            statement: It imports from the standard library.
        """
        module = statement.module
        top = module.partition(".")[0]
        if top not in self._evidence.standard or top.startswith("_"):
            return []  # what is private differs from system to system
        names = [name for name in statement.names if name != "*"] or [""]
        return [f"{module}.{name}".strip(".") for name in names if self._lacks(module, name)]

    def _lacks(self, module: str, name: str) -> bool:
        if (module, name) not in self._lacking:
            may_be_there = _differs(module, name) or self._is_here(module, name)
            self._lacking[module, name] = not may_be_there and self._tried_in_vain(module, name)
        return self._lacking[module, name]

    def _is_here(self, module: str, name: str) -> bool:
        """Return whether this Python may have it, as far as nobody needs to import it.

        Nearly every name is found so, and needs no trial.
        """
        standard = self._evidence.standard
        file = standard.file(module)
        if file and file.suffix == ".py" and mentions(file, name):
            return True
        return standard.holds(f"{module}.{name}".strip("."))

    def _tried_in_vain(self, module: str, name: str) -> bool:
        trial = tried(self._evidence, "resolve", module, *filter(None, [name]))
        if trial.raised:  # systems leave whole packages out, or the extensions that they need
            return "." in module and trial.raised.message.startswith(f"No module named '{module}'")
        return ("lacks", name) in {answer[:2] for answer in trial.answers}


def _differs(module: str, name: str) -> bool:
    """Return whether this is to be had in some Pythons, or on some systems."""
    table = availabilities()
    while module:
        if {module, f"{module}:{name}", f"{module}.{name}"} & table.keys():
            return True
        module, _, name = module.rpartition(".")
    return False
