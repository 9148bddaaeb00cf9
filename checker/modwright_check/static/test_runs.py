"""Functions that run the tests of a project, by a runner that they import."""

import ast

from modwright_check.static.imports import Import

# Runners, and what of them runs tests.
_RUNS = {"pytest": {"main"}, "nose": {"main", "run"}, "nose2": {"main", "discover"}}


def runs_tests(statement: Import) -> bool:
    """Return whether a function calls the runner of tests that it imports.

    Whoever runs the tests of an installed package has what they need. Other helpers of the runner
    are told: a function of another use may have borrowed them.

    Args:
        statement: The import, in a function.
    """
    function = statement.context.innermost_function()
    runs = _RUNS.get(statement.top)
    if function is None or runs is None:
        return False
    called = (each.func for each in ast.walk(function) if isinstance(each, ast.Call))
    return any(getattr(each, "attr", getattr(each, "id", "")) in runs for each in called)
