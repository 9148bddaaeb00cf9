"""Imports of debuggers by those who have asked for one."""

import ast
import re

from modwright_check.static.imports import Import

# What hands a program over to a debugger.
_HANDS_OVER = {"breakpoint", "post_mortem", "set_trace", "settrace"}
_ASKS = re.compile(
    r"debug|breakpoint|post_?mortem|(?<![a-z])i?pdb(?![a-z])|set_?trace", re.IGNORECASE
)


def is_debugger_that_is_asked_for(statement: Import) -> bool:
    """Return whether a function hands over to the library that it imports, and is there for that.

    Its name says so, or a condition around the import does. A call that was forgotten in a function
    of another use is told.

    Args:
        statement: The import, in a function.
    """
    function = statement.context.innermost_function()
    if function is None or not any(map(_hands_over, ast.walk(function))):
        return False
    library = re.escape(statement.top)
    asks = re.compile(rf"{_ASKS.pattern}|(?<![a-z]){library}(?![a-z])", re.IGNORECASE)
    chain = [*statement.context.chain()]
    names = [str(getattr(each.node, "name", "")) for each in chain]
    tests = [ast.unparse(each.condition.test) for each in chain if each.condition]
    return any(map(asks.search, (*names, *tests)))


def _hands_over(node: ast.AST) -> bool:
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name)):
            return name in _HANDS_OVER
    return False
