"""Modules of tests: who runs them has what they import, and nobody else loads them."""

import re

_TESTS = re.compile(r"_?tests?|conftest|_?test_\w+|\w+_tests?")
_HELPERS = re.compile(r"_?testing|_?test_?utils?|_?test_helpers?")


def is_of_tests(module: str) -> bool:
    """Return whether a module holds tests, or lies in a package of tests.

    Args:
        module: Its dotted name.
    """
    return any(
        _TESTS.fullmatch(part) and not _HELPERS.fullmatch(part) for part in module.split(".")
    )


def helps_to_test(module: str) -> bool:
    """Return whether a module helps others to write tests, as far as its name tells.

    Args:
        module: Its dotted name.
    """
    return not is_of_tests(module) and any(map(_HELPERS.fullmatch, module.split(".")))
