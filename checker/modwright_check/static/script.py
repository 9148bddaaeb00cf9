"""Recognises scripts, which are run by their path."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from modwright_check.static.asks import asks

# Also of Windows, where the path of the interpreter may hold spaces.
_PYTHON = re.compile(r"#!.*\bpython[\d.w]*(\.exe)?\b")


def is_for_python(text: str) -> bool:
    """Return whether a file's first line asks for Python to run it."""
    return bool(_PYTHON.match(text))


def acts(tree: ast.Module) -> bool:
    """Return whether a script does something: many a module begins with `#!` and only defines.

    A loop may do no more than to fill in what the module defines.
    """
    return any(map(_acts, tree.body))


def _acts(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Call()) | ast.With():
            return True
        case ast.For(body=body) | ast.While(body=body):
            return not all(map(_prepares, body))
    return False


def data_scripts(members: list[str]) -> Iterator[PurePosixPath]:
    """Yield the files of a wheel that installers put beside Python (`name.data/scripts`).

    Args:
        members: The paths in the wheel.
    """
    for path in map(PurePosixPath, members):
        if path.match("*.data/scripts/*") and len(path.parts) == 3:  # noqa: PLR2004
            yield path


def lines_before_action(tree: ast.Module) -> int:
    """Return how many lines of a script only prepare: imports, definitions, values, sys.path.

    They can be run without running the script, as long as importing what it imports can be.
    """
    last = 0
    for statement in tree.body:
        if not _prepares(statement):
            return min(last, statement.lineno - 1)
        last = statement.end_lineno or statement.lineno
    return last


def _prepares(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            return not asks(statement)
        case ast.Expr(ast.Call(function)):
            return ast.unparse(function).startswith(("sys.path.", "site.addsitedir"))
        case ast.Try(body, handlers, orelse, finalbody):
            inner = [*body, *(each for handler in handlers for each in handler.body)]
            return all(map(_prepares, [*inner, *orelse, *finalbody]))
        case ast.If(_, body, orelse):
            return all(map(_prepares, [*body, *orelse]))
        case ast.Pass() | ast.Raise():
            return True
    return False
