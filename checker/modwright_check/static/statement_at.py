"""The statement and the function at a line."""

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


def function_at(tree: ast.Module, line: int) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """Return the innermost function at a line; None at module level and in the body of a class.

    Args:
        tree: Of a module.
        line: From 1 on.
    """
    functions = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.lineno <= line <= (node.end_lineno or node.lineno)
    )
    return max(functions, key=lambda function: function.lineno, default=None)
