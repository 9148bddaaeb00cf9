"""The names in `__lazy_modules__`, by which a module has its imports wait (PEP 810)."""

import ast
from collections.abc import Iterator

from modwright_check.static.parts import nodes
from modwright_check.static.source import Source

_NAME = "__lazy_modules__"


def named(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the names in the list of a module, with their lines.

    Args:
        source: Of the module. Of a list that is made in more than one place, nothing is known.
    """
    if source.walk is None or not _is_named_once(source):
        return
    for statement, context in source.walk.statements:
        match statement:
            case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(
                ast.Name(name), value=ast.expr() as value
            ) if name == _NAME and context.binds:
                if isinstance(value, ast.List | ast.Tuple | ast.Set):
                    for each in value.elts:
                        if isinstance(each, ast.Constant) and isinstance(each.value, str):
                            yield each.value, each.lineno


def _is_named_once(source: Source) -> bool:
    """Return whether the code of a module names the list in one place; docstrings may as well."""
    if source.tree is None or _NAME not in source.text:
        return False
    named_by = (getattr(node, "id", getattr(node, "value", None)) for node in nodes(source.tree))
    return sum(name == _NAME for name in named_by if isinstance(name, str)) == 1
