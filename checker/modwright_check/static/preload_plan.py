"""The modules to preload: imports of third-party and first-party modules at import time."""

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from modwright_check.static.own_order import own_order
from modwright_check.static.source import Source, Where


@dataclass(frozen=True)
class AtImport:
    """What a fork tree has to know of the sources to share work among modules.

    Args:
        foreign: By module: names that are not the project's. `from a import b` may mean `a.b`.
        leading: By module: what it imports of the project before it does anything else, in that
            order; a module and those of the names taken from it that are modules as well.
        order: Modules of the project in order of dependence, each with those that it needs.
        subclasses: Whether the project asks classes for their subclasses.
    """

    foreign: dict[str, list[str]] = field(default_factory=dict)
    leading: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)
    subclasses: bool = False


def at_import(sources: Iterable[Source], own: Collection[str]) -> AtImport:
    """Return what modules ask for at their import.

    Args:
        sources: Of the project.
        own: The names of its modules.
    """
    sources, own = list(sources), frozenset(own)
    tops = frozenset(name.partition(".")[0] for name in own)
    return AtImport(
        {source.module: sorted(_foreign(source, tops)) for source in sources},
        {source.module: list(_leading(source, own)) for source in sources},
        own_order(sources, own),
        any("__subclasses__" in source.text for source in sources),
    )


def _foreign(source: Source, tops: Collection[str]) -> set[str]:
    return {
        name
        for statement in source.imports
        if statement.where is Where.AT_IMPORT and statement.module.partition(".")[0] not in tops
        for name in (
            statement.module,
            *(f"{statement.module}.{entry}" for entry in statement.names if entry != "*"),
        )
    }


def _leading(source: Source, own: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    end = _end_of_imports(source)
    for statement in source.imports:
        if statement.line > end:
            return
        if statement.where is Where.AT_IMPORT and statement.module in own:
            names = (name for name in statement.names if f"{statement.module}.{name}" in own)
            yield statement.module, list(names)


def _end_of_imports(source: Source) -> int:
    """Return the last line before which a module does nothing but to import."""
    end = 0
    for statement in source.tree.body if source.tree else ():
        if not _only_imports(statement):
            break
        end = statement.end_lineno or end
    return end


def _only_imports(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()):
            return True
        case ast.If(ast.Name("TYPE_CHECKING") | ast.Attribute(_, "TYPE_CHECKING"), _, []):
            return True
        case ast.Assign([ast.Name()], ast.Constant()):
            return True
    return False
