"""Statements that catch failing imports, and statements that end a block."""

import ast
from collections.abc import Iterable
from enum import Flag, auto


class Missing(Flag):
    """What may be missing: each exception that says so is caught for what it says."""

    NOTHING = 0
    MODULE = auto()
    NAME = auto()


_ANYTHING = Missing.MODULE | Missing.NAME
_SAID_BY = {
    "ImportError": _ANYTHING,
    "ModuleNotFoundError": _ANYTHING,
    "Exception": _ANYTHING,
    "BaseException": _ANYTHING,
    "AttributeError": Missing.NAME,
    "NameError": Missing.NAME,
}
# What goes on after an exception, as the context of a `with`: some of them are of tests.
_GO_ON = {"suppress", "raises", "assertRaises", "assertRaisesRegex"}
_LEAVE = {"exit", "skip"}


def caught_by(expected: ast.expr | None) -> Missing:
    """Return what may be missing in a `try` with `except expected:`.

    An exception of the project's own that has "Import" in its name is taken for an ImportError.
    """
    match expected:
        case None:
            return _ANYTHING
        case ast.Tuple(elts):
            return caught_by_any(elts)
        case ast.Name(name) | ast.Attribute(attr=name):
            return _ANYTHING if "Import" in name else _SAID_BY.get(name, Missing.NOTHING)
    return Missing.NOTHING


def caught_by_any(expected: Iterable[ast.expr | None]) -> Missing:
    """Return what may be missing where any of these exceptions is caught."""
    found = Missing.NOTHING
    for each in expected:
        found |= caught_by(each)
    return found


def expected_by(manager: ast.expr) -> Missing:
    """Return what may be missing in a `with` of `contextlib.suppress(…)` or `pytest.raises(…)`."""
    match manager:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name), arguments) if name in _GO_ON:
            return caught_by_any(arguments)
    return Missing.NOTHING


def handler_for_imports(node: ast.Try | ast.TryStar) -> ast.ExceptHandler | None:
    """Return the handler that runs when an import in the body of a `try` fails."""
    catching = (each for each in node.handlers if catches_import_errors(each))
    return next(catching, None)


def catches_import_errors(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler of a `try` catches an ImportError, or a class above it."""
    return Missing.MODULE in caught_by(handler.type)


def leaves(body: list[ast.stmt]) -> bool:
    """Return whether nothing after this block runs once it has run."""
    return isinstance(body[-1], ast.Return | ast.Continue | ast.Break) or gives_up(body)


def gives_up(body: list[ast.stmt]) -> bool:
    """Return whether a block ends with an exception, or ends what has come to it."""
    match body[-1]:
        case ast.Raise():
            return True
        case ast.Expr(ast.Call(ast.Attribute(attr=name) | ast.Name(name))):
            return name in _LEAVE
    return False


def raises(node: ast.AST) -> bool:
    """Return whether an exception is raised somewhere in a statement or a handler."""
    return any(isinstance(each, ast.Raise) for each in ast.walk(node))
