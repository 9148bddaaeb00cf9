"""Threads that a block starts, and waits for to their end."""

import ast
from collections.abc import Iterator

from modwright_check.static.context import Context
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.source import Source

# Their context managers wait for the threads, or end them.
_POOLS = {
    "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.thread.ThreadPoolExecutor",
    "multiprocessing.dummy.Pool",
    "multiprocessing.pool.ThreadPool",
}


def is_waited_for(source: Source, line: int) -> bool:
    """Return whether the threads that a line starts are over when its block is.

    It starts one that a later statement of the block joins, or stands in the `with` of a pool.

    Args:
        source: Of the module.
        line: From 1 on.
    """
    found = source.at(line)
    if found is None:
        return False
    statement, context = found
    names = origins(source)
    made_by = (each.func for each in _managers(statement, context) if isinstance(each, ast.Call))
    return _is_joined(statement, source) or any(dotted(each, names) in _POOLS for each in made_by)


def _is_joined(statement: ast.stmt, source: Source) -> bool:
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(thread), "start"))):
            return any(_joins(each, thread) for each in _after(statement, source))
    return False


def _joins(statement: ast.stmt, thread: str) -> bool:
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "join"), [], [])):
            return name == thread
    return False


def _after(statement: ast.stmt, source: Source) -> list[ast.stmt]:
    """Return the statements that follow one in its block."""
    for each, _ in source.walk.statements if source.walk else ():
        for name in ("body", "orelse", "finalbody"):
            block = getattr(each, name, [])
            if statement in block:
                return list(block[block.index(statement) + 1 :])
    body = source.tree.body if source.tree else []
    return body[body.index(statement) + 1 :] if statement in body else []


def _managers(statement: ast.stmt, context: Context) -> Iterator[ast.expr]:
    """Yield the context managers around a statement, its own among them."""
    for node in (statement, *(each.node for each in context.chain())):
        if isinstance(node, ast.With):
            yield from (item.context_expr for item in node.items)
