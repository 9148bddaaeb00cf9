"""What the docstrings of a module say: its own, and those of its functions and classes."""

import ast
from collections.abc import Iterator

from modwright_check.static.source import Source

_KINDS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def docstring(source: Source) -> str:
    """Return the docstring of a module; empty without one.

    Args:
        source: Of the module.
    """
    return (ast.get_docstring(source.tree) if source.tree else None) or ""


def inner_docstrings(source: Source) -> Iterator[str]:
    """Yield the docstrings of the functions and classes of a module.

    Args:
        source: Of the module.
    """
    for statement, _ in source.walk.statements if source.walk else ():
        if isinstance(statement, _KINDS):
            yield ast.get_docstring(statement, clean=False) or ""
