"""Environment variables that an import needs: who sets them, and who does without."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.index.templates import naming_the_file
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.source import Where


def variable_missed(outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the environment variable for want of which an import fails.

    It is asked for by `environ["HOME"]`, or taken out by `environ.pop("HOME")`.

    Args:
        outcome: Of the import.
        evidence: All that is known of the project.
    """
    place = evidence.blamed(outcome) if outcome.error == "KeyError" else None
    source = evidence.by_file.get(place[0]) if place else None
    if place is None or source is None:
        return None
    line, name = source.line(place[1]), outcome.message.strip("'")
    return name if re.search(rf"\benviron(?:\[|\.pop\()\s*{_quoted(name)}\s*[])]", line) else None


def is_given(variable: str, module: str, evidence: Evidence) -> bool:
    """Return whether another module names the file of a module together with a variable.

    It has it run in a process of its own, where the variable is set. So no module imports it as
    that is imported itself.

    Args:
        variable: Its name.
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    if any(each.statement.where is Where.AT_IMPORT for each in evidence.importers.get(module, ())):
        return False
    name = re.compile(rf"\b{re.escape(variable)}\b")
    return any(name.search(each.text) for each in naming_the_file(module, evidence))


def is_done_without(variable: str, evidence: Evidence) -> bool:
    """Return whether a project asks for a variable elsewhere, and goes on if it is not set.

    Whatever sets it, then, is not there for all who use the project.

    Args:
        variable: Its name.
        evidence: All that is known of the project.
    """
    name = _quoted(variable)
    asks = re.compile(rf"\b(?:environ\.get|getenv)\(\s*{name}|{name}\s+(?:not )?in [\w.]*environ\b")
    sources = (each for each in evidence.read.values() if variable in each.text)
    return any(asks.search(each.text) for each in sources if not is_of_tests(each.module))


def _quoted(text: str) -> str:
    return rf"""["']{re.escape(text)}["']"""
