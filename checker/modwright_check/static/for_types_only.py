"""Names that a module imports for type checkers alone, and that its functions use as they run."""

import ast
from collections.abc import Iterator

from modwright_check.static.scopes import scope_of
from modwright_check.static.source import Source, Where
from modwright_check.static.stdlib_usage import uses

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


def names_for_types(source: Source) -> set[str]:
    """Return what imports at the top level bind for type checkers.

    Args:
        source: The module.
    """
    return {
        (alias.asname or alias.name).partition(".")[0]
        for statement, context in (source.walk.statements if source.walk else ())
        if isinstance(statement, ast.Import | ast.ImportFrom)
        if context.where is Where.FOR_TYPES and context.function is None
        for alias in statement.names
    }


def _may_be_set(source: Source) -> bool:
    """Return whether functions may give the module names that nobody can see."""
    return (
        "globals()" in source.text
        or "global " in source.text
        or any("*" in each.names for each in source.imports)
    )
