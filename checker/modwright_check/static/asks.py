"""Statements that ask whoever runs a program."""

import ast

_ASKS = {"input", "builtins.input"}


def asks(statement: ast.stmt) -> bool:
    """Return whether a statement asks for a line, which nobody may be there to type.

    Args:
        statement: Of a module.
    """
    calls = (each for each in ast.walk(statement) if isinstance(each, ast.Call))
    return any(ast.unparse(each.func) in _ASKS for each in calls)
