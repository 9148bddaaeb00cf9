"""The statement at a line."""

import ast


def statement_at(tree: ast.Module, line: int) -> ast.stmt | None:
    """Return the innermost statement at a line; None when there is none.

    Args:
        tree: Of a module.
        line: From 1 on, as a traceback names it.
    """
    found = None
    for node in ast.walk(tree):  # breadth first: what comes later lies deeper
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            found = node
    return found
