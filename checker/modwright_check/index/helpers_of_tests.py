"""Modules that help to write tests, by what they use or say: their names may say nothing of it."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import helps_to_test, is_of_tests
from modwright_check.static.docstrings import docstring
from modwright_check.static.source import Source, Where

_MOCKS = "unittest.mock"
_FOR_TESTS = re.compile(
    r"\bfor (?:(?:use in|unit|integration|system) )?(?:testing|tests)(?: purposes)?(?: only)?\W*$"
)


def is_for_tests(module: str, evidence: Evidence) -> bool:
    """Return whether a module makes mocks, or says that it is for tests, and none else imports it.

    Mocks are of no use to anybody else.

    Args:
        module: Its dotted name.
        evidence: All that is known of the project.
    """
    source = evidence.read.get(module)
    if source is None or not (_makes_mocks(source) or _is_said_to_be(source)):
        return False
    importers = {each.source.module for each in evidence.importers.get(module, ())}
    return all(is_of_tests(each) or helps_to_test(each) for each in importers)


def _makes_mocks(source: Source) -> bool:
    return any(
        each.may_name(_MOCKS) and each.where is Where.AT_IMPORT and each.always_runs
        for each in source.imports
    )


def _is_said_to_be(source: Source) -> bool:
    about, _, _ = docstring(source).partition("\n")
    return _FOR_TESTS.search(about) is not None
