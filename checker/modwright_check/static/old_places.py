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
