"""Syntax trees that a newer Python has made: nodes of kinds that this one lacks among them."""

import ast
from typing import Any

_STAND_INS: dict[str, type[ast.AST]] = {}


def kind_of(name: str, base: type[ast.AST] = ast.AST) -> type[ast.AST]:
    """Return a kind of node; one that stands for it when this Python does not know it.

    Args:
        name: Such as `TypeAlias`, which Python 3.11 lacks.
        base: The kind that it is one of.
    """
    known = getattr(ast, name, None)
    if isinstance(known, type):
        return known
    return _STAND_INS.setdefault(name, type(name, (base,), {}))


def rebuilt(told: Any) -> Any:
    """Return a node as probe/syntax_trees.py has written it down.

    Args:
        told: Its kind, the kind that it is one of, and what it holds by name; or what such a node
            holds.

    Raises:
        RecursionError: It is nested too deeply.
    """
    match told:
        case (str(name), str(base), dict(held)):
            kind = kind_of(name, kind_of(base))
            node = kind.__new__(kind)
            values = {field: rebuilt(value) for field, value in held.items()}
            if not hasattr(ast, name):
                values["_fields"] = tuple(field for field in held if field not in kind._attributes)
            vars(node).update(values)
            return node
        case list(items):
            return [rebuilt(each) for each in items]
    return told
