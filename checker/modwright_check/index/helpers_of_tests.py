"""Modules that help to write tests, by what they use: their names may say nothing of it."""

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import helps_to_test, is_of_tests
from modwright_check.static.source import Where

_MOCKS = "unittest.mock"


def is_for_tests(module: str, evidence: Evidence) -> bool:
    """Return whether a module makes mocks, and none but tests imports it.

    Mocks are of no use to anybody else.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    if source is None:
        return False
    needs = any(
        each.may_name(_MOCKS) and each.where is Where.AT_IMPORT and each.always_runs
        for each in source.imports
    )
    importers = {each.source.module for each in evidence.importers.get(module, ())}
    return needs and all(is_of_tests(each) or helps_to_test(each) for each in importers)
