"""What the names of a module stand for, written with dots."""

import ast
from collections.abc import Mapping

from modwright_check.static.source import Source


def origins(source: Source) -> Mapping[str, str]:
    """Return the dotted names of what a module's own names stand for.

    What a handler puts in the place of a missing library does not count.

    Args:
        source: Of the module.
    """
    found = {}
    for binding in source.bindings:
        if binding.fallback and not binding.imported and binding.name in found:
            continue
        module, entry = binding.origin
        found[binding.name] = f"{module}.{entry}" if entry else module
    return found


def dotted(node: ast.expr, names: Mapping[str, str]) -> str:
    """Return the dotted name of an expression; empty when it has none.

    Args:
        node: The expression.
        names: What the names of its module stand for.
    """
    match node:
        case ast.Name(name):
            return names.get(name, "")
        case ast.Attribute(base, name) if before := dotted(base, names):
            return f"{before}.{name}"
    return ""
