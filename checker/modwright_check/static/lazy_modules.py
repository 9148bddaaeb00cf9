"""The names in `__lazy_modules__`, by which a module has its imports wait (PEP 810)."""

import ast
from collections.abc import Iterator

from modwright_check.static.source import Source

_NAME = "__lazy_modules__"


def named(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the names in the list of a module, with their lines.

    Args:
        source: Of the module. Of a list that is made in more than one place, nothing is known.
    """
    if source.walk is None or source.text.count(_NAME) != 1:
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
