"""The expressions of a statement, each with its context and the meaning of its names."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from modwright_check.static.context import Context
from modwright_check.static.parts import parts
from modwright_check.static.scopes import (
    Scope,
    evaluated_outside,
    parameters,
    scope_of_parameters,
    scope_of_targets,
)

_TRIES = ast.Try | ast.TryStar
_OF_OTHERS = (ast.stmt, ast.excepthandler)  # which are read by themselves


class Placed(NamedTuple):
    """An expression in its place.

    Args:
        node: The expression, or another part of one.
        context: What stands around it.
        scopes: What names stand for, those of lambdas and comprehensions around it last.
    """

    node: ast.AST
    context: Context
    scopes: tuple[Scope, ...]


def expressions(
    statement: ast.stmt,
    context: Context,
    when: int,
    scopes: tuple[Scope, ...] = (),
    *,
    annotations: bool = True,
    worth: Callable[[ast.AST], bool] = lambda _node: True,
) -> Iterator[Placed]:
    """Yield the expressions that a statement evaluates, in order, but not the statements in it.

    Constants are left out where they are parts of others.

    Args:
        statement: The statement.
        context: What stands around it.
        when: How many statements of the module come before it.
        scopes: What names stand for around it, the innermost last.
        annotations: Whether annotations are evaluated (PEP 563 has them stay strings).
        worth: Whether to look at a node, and at what is in it.
    """
    own = _evaluated(statement, annotations=annotations, in_function=context.function is not None)
    waiting = [Placed(node, context, scopes) for node in own if worth(node)]
    if isinstance(statement, _TRIES):  # what is caught is asked for when something is raised
        perhaps = context.inside(statement, certain=False)
        caught = [each.type for each in statement.handlers if each.type]
        waiting += [Placed(node, perhaps, scopes) for node in caught if worth(node)]
    waiting.reverse()
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting += reversed([inner for inner in _inner(placed, when) if worth(inner.node)])


def _evaluated(statement: ast.stmt, *, annotations: bool, in_function: bool) -> Iterator[ast.AST]:
    if type(statement).__name__ == "TypeAlias":  # when somebody asks for its value (PEP 695)
        return
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from evaluated_outside(statement)
            if annotations:
                yield from (
                    each.annotation for each in parameters(statement.args) if each.annotation
                )
                yield from (statement.returns,) if statement.returns else ()
        case ast.ClassDef():
            yield from evaluated_outside(statement)
        case ast.AnnAssign(target, annotation, value):
            if annotations and not in_function:  # that of a local name never is (PEP 526)
                yield annotation
            yield from (each for each in (target, value) if each)
        case ast.Match(subject, cases):
            yield subject
            for each in cases:
                yield each.pattern
                yield from (each.guard,) if each.guard else ()
        case _:
            for child in ast.iter_child_nodes(statement):
                if not isinstance(child, _OF_OTHERS):
                    yield child


def _inner(placed: Placed, when: int) -> Iterator[Placed]:
    """Yield the parts of an expression."""
    node, context, scopes = placed
    match node:
        case ast.Lambda(arguments, body):
            yield Placed(arguments, context, scopes)
            inside = context.in_function(node)
            yield Placed(body, inside, (*scopes, scope_of_parameters(arguments)))
        case ast.IfExp(test, body, orelse):
            yield Placed(test, context, scopes)
            yield Placed(body, context.under(test, when, holds=True), scopes)
            yield Placed(orelse, context.under(test, when, holds=False), scopes)
        case ast.BoolOp(operator, values):
            goes_on = isinstance(operator, ast.And)
            for value in values:
                yield Placed(value, context, scopes)
                context = context.under(value, when, holds=goes_on)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            inner = (*scopes, scope_of_targets(node.generators))
            yield from (Placed(each, context, inner) for each in parts(node))
        case _:
            yield from (Placed(each, context, scopes) for each in parts(node))
