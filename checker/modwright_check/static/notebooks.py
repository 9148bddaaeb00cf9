"""Imports of what a notebook brings, in functions that are for notebooks."""

import ast
import re

from modwright_check.static.source import Import, Source

# What every kernel of a notebook in Python has beside it.
_BROUGHT = {"IPython", "comm", "ipykernel"}
_SAYS_SO = re.compile(r"notebook|jupyter|ipython|colab", re.IGNORECASE)
_DOCUMENTED = ast.FunctionDef | ast.AsyncFunctionDef


def is_for_a_notebook(statement: Import, source: Source) -> bool:
    """Return whether a function, or its module, says that it is for a notebook, which has this.

    It does by a name around the import, by the module's own, or by the function's docstring.

    Args:
        statement: The import, in a function.
        source: Of its module.
    """
    function = statement.context.innermost_function()
    if statement.top not in _BROUGHT or function is None:
        return False
    names = [str(getattr(each.node, "name", "")) for each in statement.context.chain()]
    said = ast.get_docstring(function) if isinstance(function, _DOCUMENTED) else None
    return any(map(_SAYS_SO.search, (*names, *source.module.split(".")[1:], said or "")))
