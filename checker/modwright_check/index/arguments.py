"""Programs that fail for want of the arguments with which the project starts them."""

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.started_files import started_files

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
