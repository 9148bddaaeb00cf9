"""What a block of statements does in any case, and what its branches may do when it runs."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from modwright_check.static.conditions import is_main_guard
from modwright_check.static.parts import parts

_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# What stands in these runs later, for one value of many, or perhaps not at all.
_LATER = (
    *(ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp),
    *(ast.IfExp, ast.BoolOp, ast.stmt, ast.excepthandler),
)
_ENDS = ast.Return | ast.Raise | ast.Break | ast.Continue


def always_run(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, tuple[ast.expr, ...]]]:
    """Yield the statements that run whenever a block does, up to one that may end it.

    Those of classes, of `with`, of the body of a `try` and of its `finally` are among them, and
    those of a loop over what is written down; not what stands in branches, handlers and functions.

    Args:
        body: The block.

    Yields:
        Each with the context managers around it, of whatever kind.
    """
    for node in body:
        yield node, ()
        match node:
            case ast.With(items, inner) | ast.AsyncWith(items, inner):
                managers = tuple(item.context_expr for item in items)
                for each, around in always_run(inner):
                    yield each, (*managers, *around)
            case ast.Try(body=inner, finalbody=last):
                yield from always_run(inner)
                yield from always_run(last)
            case ast.ClassDef(body=inner):
                yield from always_run(inner)
            case ast.For(iter=ast.Tuple([_, *_]) | ast.List([_, *_]), body=inner):
                yield from always_run(inner)
        if isinstance(node, _ENDS) or (isinstance(node, ast.If) and _may_end(node)):
            return


def may_run(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, tuple[ast.expr, ...]]]:
    """Yield the statements of a block that run in one case or another.

    They stand in branches, loops and handlers, or behind what may end the block; not in functions,
    nor under `if __name__ == "__main__":`.

    Args:
        body: The block.

    Yields:
        Each with the context managers around it, of whatever kind.
    """
    always = {id(node) for node, _ in always_run(body)}
    waiting: list[tuple[Sequence[ast.stmt], tuple[ast.expr, ...]]] = [(body, ())]
    while waiting:
        block, managers = waiting.pop()
        for node in block:
            if id(node) not in always:
                yield node, managers
            around = managers
            if isinstance(node, ast.With | ast.AsyncWith):
                around = (*managers, *(item.context_expr for item in node.items))
            waiting += ((inner, around) for inner in _blocks(node))


def _blocks(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """Yield the blocks in a statement that run where it does, if at all."""
    if isinstance(node, _FUNCTIONS) or (isinstance(node, ast.If) and is_main_guard(node.test)):
        return
    for name in ("body", "orelse", "finalbody"):
        yield getattr(node, name, ())
    for name in ("handlers", "cases"):
        yield from (each.body for each in getattr(node, name, ()))


def calls(statement: ast.stmt) -> list[ast.Call]:
    """Return the calls that a statement makes in any case, but not those of statements in it.

    A decorator is called as well.

    Args:
        statement: Of whatever kind.
    """
    decorators = getattr(statement, "decorator_list", ())
    found = [
        ast.copy_location(ast.Call(each, [], []), each)
        for each in decorators
        if isinstance(each, ast.Name | ast.Attribute)
    ]
    waiting: list[ast.AST] = list(_evaluated(statement))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            found.append(node)
        if not isinstance(node, _LATER):
            waiting += parts(node)
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def stored(statement: ast.stmt) -> Iterator[ast.Attribute | ast.Subscript]:
    """Yield the attributes and items that a statement assigns to.

    Args:
        statement: Of whatever kind.
    """
    targets: list[ast.expr] = []
    match statement:
        case ast.Assign(several):
            targets = several
        case ast.AnnAssign(only, value=ast.expr()) | ast.AugAssign(only):
            targets = [only]
    for target in targets:
        parts: list[ast.expr] = target.elts if isinstance(target, ast.Tuple) else [target]
        yield from (each for each in parts if isinstance(each, ast.Attribute | ast.Subscript))


def _evaluated(statement: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(statement, _FUNCTIONS | ast.ClassDef):
        yield from statement.decorator_list
    if isinstance(statement, _FUNCTIONS):
        arguments = statement.args
        yield from (*arguments.defaults, *(each for each in arguments.kw_defaults if each))
    else:
        yield from (
            child for child in ast.iter_child_nodes(statement) if not isinstance(child, _LATER)
        )


def _may_end(branch: ast.If) -> bool:
    return any(isinstance(node, _ENDS) for node in ast.walk(branch))
