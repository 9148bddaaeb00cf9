"""The parts of a node of a syntax tree in which there may be more to read."""

import ast

# They hold no other nodes, and nearly all of a long table is of them.
_LEAVES = frozenset(
    kind
    for base in (
        *(ast.Constant, ast.expr_context, ast.boolop, ast.operator),
        *(ast.unaryop, ast.cmpop, ast.type_ignore),
    )
    for kind in (base, *base.__subclasses__())
)


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
