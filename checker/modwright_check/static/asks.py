"""Statements that ask whoever runs a program."""

import ast


def asks(statement: ast.stmt) -> bool:
    """Return whether a statement asks for a line, which nobody may be there to type.

    Args:
        statement: Of a module.
    """
    for node in ast.walk(statement):
        match node:
            case ast.Call(ast.Name("input") | ast.Attribute(ast.Name("builtins"), "input")):
                return True
    return False
