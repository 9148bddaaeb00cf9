"""Functions that run the tests of a project, or mark some, by a runner that they import."""

import ast

from modwright_check.static.imports import Import

# Runners, and what of them runs tests, or is of use in tests alone.
_RUNS = {
    "pytest": {"main", "mark", "skip", "xfail", "importorskip", "fixture"},
    "nose": {"main", "run"},
    "nose2": {"main", "discover"},
}


def runs_tests(statement: Import) -> bool:
    """Return whether a function has the runner that it imports run tests, or marks them for it.

    Whoever runs tests has what they need. Other helpers of the runner are told: a function of
    another use may have borrowed them.

    Args:
        statement: The import, in a function.
    """
    function = statement.context.innermost_function()
    runs = _RUNS.get(statement.top)
    if function is None or runs is None:
        return False
    parts = (each for each in ast.walk(function) if isinstance(each, ast.Attribute | ast.Name))
    return any(getattr(each, "attr", getattr(each, "id", "")) in runs for each in parts)
