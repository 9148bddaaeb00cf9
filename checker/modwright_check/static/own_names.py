"""What a module's own names stand for, and what they are given."""

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.log_handlers import classes
from modwright_check.static.source import Source

_Read = TypeVar("_Read")


class OwnNames:
    """What the names of a module stand for.

    Args:
        source: Of the module.
    """

    def __init__(self, source: Source) -> None:
        body: Sequence[ast.stmt] = source.tree.body if source.tree else ()
        self.package = source.module.partition(".")[0]
        self.origins = origins(source)
        self.values = assigned(body, lambda value: value)
        self.classes = {each.name: each for each in classes(body)}

    def dotted(self, node: ast.expr) -> str:
        """Return the dotted name of an expression; empty when it has none."""
        return dotted(node, self.origins)

    def class_made_by(self, call: ast.Call) -> ast.ClassDef | None:
        """Return the module's own class that a call makes an object of."""
        return self.classes.get(call.func.id) if isinstance(call.func, ast.Name) else None

    def is_own(self, node: ast.expr, without: frozenset[str] = frozenset()) -> bool:
        """Return whether an object is made by the module's own package, extensions among it.

        Args:
            node: The object.
            without: Names that are being looked into.
        """
        match node:
            case ast.Call(ast.Name("type"), [made]) | ast.Call(made) | ast.Attribute(made):
                return self.is_own(made, without)
            case ast.Name(name) if name in self.values and name not in without:
                return self.is_own(self.values[name], without | {name})
            case ast.Name(name):
                return self.origins.get(name, "").partition(".")[0] == self.package
        return False


def assigned(
    statements: Iterable[ast.stmt], read: Callable[[ast.expr], _Read | None]
) -> dict[str, _Read]:
    """Return what is read of the values that names are given.

    Args:
        statements: The assignments among these count.
        read: Returns what is to be known of a value, and nothing where there is nothing to know.
    """
    found: dict[str, _Read] = {}
    for statement in statements:
        match statement:
            case ast.Assign(targets, value):
                given = [each.id for each in targets if isinstance(each, ast.Name)]
            case ast.AnnAssign(ast.Name(name), _, ast.expr() as value):
                given = [name]
            case _:
                continue
        if said := read(value):
            found |= dict.fromkeys(given, said)
    return found
