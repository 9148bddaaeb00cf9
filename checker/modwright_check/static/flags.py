"""Flags, such as `HAS_NUMPY`, that code tests before an import."""

import ast
from collections.abc import Iterable

from modwright_check.static.catching import raises
from modwright_check.static.conditions import Asks, Conditions

# What a name tells that is asked for before an import: what it depends on, what it always is, or
# the dotted name of what it stands for.
Flag = Asks | bool | str


class Flags:
    """The names of one module, and what they stand for.

    Args:
        module: Its dotted name.
        conditions: What the names of its conditions stand for.
    """

    def __init__(self, module: str, conditions: Conditions) -> None:
        self._module = module
        self._conditions = conditions
        self._origins: dict[str, str] = {}  # of what is imported: its name here, its dotted name
        self._values: dict[str, list[ast.expr]] = {}  # of the module's own names

    def imported(self, called: str, dotted: str) -> None:
        """Take note of an import.

        Args:
            called: The name that it binds.
            dotted: What that stands for.
        """
        self._origins[called] = dotted

    def assigned(self, name: str, value: ast.expr) -> None:
        """Take note of an assignment at the top level."""
        self._values.setdefault(name, []).append(value)

    def dotted(self, name: str) -> str:
        """Return the name of what is asked for, with the module that it was imported from."""
        first, dot, rest = name.partition(".")
        return f"{self._origins.get(first) or f'{self._module}.{first}'}{dot}{rest}"

    def imported_names(self) -> dict[str, str]:
        """Return the dotted names of what is imported, by the names that it has here."""
        return dict(self._origins)

    def told(self, definitions: Iterable[str]) -> dict[str, Flag]:
        """Return what names of the module tell to others.

        Args:
            definitions: What the top level binds.
        """
        found: dict[str, Flag] = {}
        for name in definitions:
            asks = self._conditions.asks(ast.Name(name)) & (Asks.PRESENCE | Asks.PLATFORM)
            if asks:
                found[name] = asks
            elif name in self._origins:
                found[name] = self._origins[name]
        for name, values in self._values.items():
            match values:
                case [ast.Constant(bool(value))] if name not in found:
                    found[name] = value
        return found


def demanded_by(statements: Iterable[ast.stmt]) -> frozenset[str]:
    """Return the names that some `if` asks for to raise an exception in one of its branches.

    Args:
        statements: Of a module, those in others among them.
    """
    return frozenset(
        name.id
        for node in statements
        if isinstance(node, ast.If) and any(map(raises, (*node.body, *node.orelse)))
        for name in ast.walk(node.test)
        if isinstance(name, ast.Name)
    )
