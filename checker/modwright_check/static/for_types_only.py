"""Names that a module imports for type checkers alone, and that its functions use as they run."""

import ast
import re
from collections.abc import Iterator

from modwright_check.static.imports import Import, tops
from modwright_check.static.scopes import parameters, scope_of
from modwright_check.static.source import Source, Where
from modwright_check.static.stdlib_usage import uses

_WORD = re.compile(r"\w+")
_MARK = "(types):"  # begins what such a name stands for; no module is called so


def used_as_it_runs(source: Source) -> Iterator[tuple[str, int]]:
    """Yield names that are bound under `if TYPE_CHECKING` alone and used in functions, with lines.

    Annotations are not such uses, and whoever catches the NameError is prepared for it.

    Args:
        source: The module.
    """
    asks = "TYPE_CHECKING" in source.text
    names = names_for_types(source) - source.definitions.keys() if asks else None
    if not names or source.tree is None or _may_be_set(source):
        return
    scope = scope_of(source.tree.body) | {name: f"{_MARK}{name}" for name in names}
    for use in uses(source, {f"{_MARK}{name}" for name in names}, scope=scope):
        if use.context.where is Where.IN_FUNCTION and not use.context.may_lack_names:
            yield use.key.removeprefix(_MARK), use.line


def names_for_types(source: Source, library: str | None = None) -> set[str]:
    """Return what imports at the top level bind for type checkers.

    Args:
        source: The module.
        library: Whose top-level name they have; None for any.
    """
    return {
        (alias.asname or alias.name).partition(".")[0]
        for statement, context in (source.walk.statements if source.walk else ())
        if isinstance(statement, ast.Import | ast.ImportFrom)
        if context.where is Where.FOR_TYPES and context.function is None
        if library is None or library in tops(statement, source.package)
        for alias in statement.names
    }


def is_in_its_signature(statement: Import, source: Source) -> bool:
    """Return whether a function takes or gives types of a library that it imports as it runs.

    The module imports these for type checkers alone: it knows that others do without.

    Args:
        statement: The import in the function.
        source: Of the module.
    """
    function = statement.context.innermost_function()
    names = names_for_types(source, statement.top)
    if not names or not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    annotations = [each.annotation for each in parameters(function.args)] + [function.returns]
    return any(
        not names.isdisjoint(_WORD.findall(ast.unparse(each))) for each in annotations if each
    )


def _may_be_set(source: Source) -> bool:
    """Return whether functions may give the module names that nobody can see."""
    return (
        "globals()" in source.text
        or "global " in source.text
        or any("*" in each.names for each in source.imports)
    )
