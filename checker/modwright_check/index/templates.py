"""Modules that the project completes before they run: by filling in texts, or by variables."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome
from modwright_check.static.source import Where

_VARIABLE = re.compile(r"'(?P<name>\w+)'")  # what a KeyError says of it


def is_a_template(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a failed module is a text in which a name stands for what is filled in.

    It is the one that has failed, no module imports it, and another one names its file.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    if source is None or outcome.error != "NameError" or evidence.importers.get(module):
        return False
    failing = evidence.sources.innermost(outcome.frames)
    if failing is None or failing[0] != source.file:
        return False
    others = (other for other in evidence.read.values() if other is not source)
    return any(_named(module).search(other.text) for other in others)


def is_given_a_variable(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a failed module misses a variable that the project sets where it has it run.

    It is the one that has failed, no module imports it at its import, and another one names both
    its file and the variable: it runs it in a process of its own.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    variable = _VARIABLE.fullmatch(outcome.message) if outcome.error == "KeyError" else None
    failing = evidence.sources.innermost(outcome.frames)
    if source is None or variable is None or failing is None or failing[0] != source.file:
        return False
    if any(each.statement.where is Where.AT_IMPORT for each in evidence.importers.get(module, ())):
        return False
    name = re.compile(rf"\b{re.escape(variable['name'])}\b")
    read = "environ" in source.text and name.search(source.text)
    others = (other for other in evidence.read.values() if other is not source)
    return bool(read) and any(
        _named(module).search(other.text) and name.search(other.text) for other in others
    )


def _named(module: str) -> re.Pattern[str]:
    """Return what finds the file of a module in the text of another one."""
    return re.compile(rf"[\"'/]{re.escape(module.rpartition('.')[2])}\.py[\"']")
