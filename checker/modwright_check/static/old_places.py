"""Modules that are left in an old place: they warn, and hand on what another one holds."""

import ast
import re

from modwright_check.static.source import Source

_SAYS_SO = re.compile(r"deprecat|moved|renamed|removed|no longer|instead", re.IGNORECASE)


def new_place(source: Source) -> str | None:
    """Return the module whose names a module in an old place hands on; None if it does more.

    It does nothing else, but to warn that it is the old one.

    Args:
        source: Of the module.
    """
    body = source.tree.body if source.tree else []
    top = source.module.partition(".")[0]
    modules = {each.module for each in source.imports if each.top == top}
    if len(modules) != 1 or not all(map(_is_of_an_old_place, body)):
        return None
    return modules.pop() if any(map(_warns, body)) else None


def hands_on_besides(statement: ast.stmt, source: Source) -> bool:
    """Return whether a module hands on what others hold, and does nothing else but a statement.

    What a package hands on of its own is not left in an old place: that is what it is there for.

    Args:
        statement: At the top of the module.
        source: Of the module.
    """
    body = source.tree.body if source.tree else []
    does_more = any(each is not statement and not _is_of_an_old_place(each) for each in body)
    handed_on = [each for each in source.imports if each.names and each.top != "warnings"]
    inside = f"{source.module}."
    return (
        statement in body
        and not does_more
        and bool(handed_on)
        and not any(f"{each.module}.".startswith(inside) for each in handed_on)
    )


def _is_of_an_old_place(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()):
            return True
        case ast.Assign([ast.Name("__all__")]) | ast.AnnAssign(ast.Name("__all__")):
            return True
    return _warns(node)


def _warns(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(ast.Call(called, given) as call):
            values = [*given, *(each.value for each in call.keywords)]
            said = " ".join(map(ast.unparse, values))
            return "warn" in ast.unparse(called).lower() and bool(_SAYS_SO.search(said))
    return False
