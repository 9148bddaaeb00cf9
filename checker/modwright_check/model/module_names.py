"""What a module's name alone tells of it: whose it is, and who loads it."""

import re
from collections.abc import Iterator

_TESTS = re.compile(r"_?tests?|conftest|_?test_\w+|\w+_tests?")
_HELPERS = re.compile(r"_?testing|_?test_?utils?|_?test_helpers?")
_VENDORED = {"_vendor", "_vendored", "vendor", "vendored", "extern"}  # around modules, none itself


def is_of_tests(module: str) -> bool:
    """Return whether a module holds tests, or lies in a package of tests.

    Who runs them has what they import, and nobody else loads them.

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


def is_vendored(module: str) -> bool:
    """Return whether a module is another project's that this one merely carries along.

    Nobody runs it, or mends it, in its place.

    Args:
        module: Its dotted name.
    """
    return not _VENDORED.isdisjoint(module.split(".")[:-1])


def is_private(module: str) -> bool:
    """Return whether a module, or a package around it, is for its own project alone.

    Args:
        module: Its dotted name.
    """
    return any(part.startswith("_") for part in module.split("."))


def with_packages(module: str) -> Iterator[str]:
    """Yield a module's name and those of the packages around it, the innermost first.

    Args:
        module: Its dotted name.
    """
    while module:
        yield module
        module = module.rpartition(".")[0]
