"""Programs that fail for want of what they are given: arguments, or an answer."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.asks import asks
from modwright_check.static.script import is_for_python
from modwright_check.static.source import Source
from modwright_check.static.started_files import started_files
from modwright_check.static.stdlib_usage import uses

_USAGE = re.compile(r"\W*usage\b", re.IGNORECASE)
_ERRORS = {"IndexError", "ValueError"}  # of `sys.argv[1]`, and of `(out,) = sys.argv[1:]`


def is_given_arguments(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a failed module reads arguments, and another one starts its file with Python.

    It is the one that has failed, and no module imports it.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    place = evidence.blamed(outcome) if outcome.error in _ERRORS else None
    if source is None or place is None or place[0] != source.file or module in evidence.importers:
        return False
    if "sys.argv" not in source.line(place[1]):
        return False
    file = module.rpartition(".")[2]
    others = (each for name, each in evidence.read.items() if not is_of_tests(name))
    return file in started_files(others, {file})


def ends_with_its_usage(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a program that is run by its path ends with how it is used.

    It has a first line that says so, or has read `sys.argv`. It is the one that ends for want of
    arguments, and no module imports it.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    place = evidence.blamed(outcome) if outcome.exits else None
    if source is None or place is None or place[0] != source.file or module in evidence.importers:
        return False
    printed = (effect.detail for effect in outcome.effects if effect.kind == "output")
    says_how = any(map(_USAGE.match, (outcome.message, *printed)))
    return says_how and (is_for_python(source.text) or _has_read_arguments(source, place[1]))


def _has_read_arguments(source: Source, line: int) -> bool:
    """Return whether a module has used `sys.argv` at its top, above a line."""
    return any(
        use.context.at_import and use.context.function is None and use.line < line
        for use in uses(source, {"sys:argv"})
    )


def waits_for_an_answer(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a failed module asks whoever runs it, and nobody is there to answer.

    It is the one that has failed, and no module imports it.

    Args:
        module: Its dotted name.
        outcome: What was seen of its import.
        evidence: All that is known of the project.
    """
    place = evidence.at(outcome.frames) if outcome.error == "EOFError" else None
    if place is None or place[0].module != module or module in evidence.importers:
        return False
    there = place[0].at(place[1])
    return there is not None and asks(there[0])
