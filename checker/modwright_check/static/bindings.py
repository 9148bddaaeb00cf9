"""A name that the top level of a module binds, and the names that parts of a statement bind."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from modwright_check.static.context import Context

# Where a name is defined: the module, and the name there; of a module itself, no name.
DefinedAt = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Binding:
    """A name that a statement binds.

    Args:
        name: The name; `*` stands for all that a star import brings.
        line: From 1 on.
        origin: Where it comes from.
        imported: Whether it is imported.
        certain: Whether the statement runs in any case: it stands in no branch.
        deleted: Whether a later statement beside it, or around it, deletes the name again.
        fallback: Whether a handler binds it, which the body of its `try` would have bound.
        context: What stands around it.
    """

    name: str
    line: int
    origin: DefinedAt
    imported: bool = False
    certain: bool = True
    deleted: bool = False
    fallback: bool = False
    context: Context | None = field(default=None, repr=False, compare=False)


class Bindings:
    """What the top level of a module binds, in the order of its source.

    Args:
        module: Its dotted name.
    """

    def __init__(self, module: str) -> None:
        self.found: list[Binding] = []
        self._module = module

    def __len__(self) -> int:
        """Return how many there are by now."""
        return len(self.found)

    def bind(self, name: str, line: int, context: Context, origin: DefinedAt | None = None) -> None:
        """Take note of a name, if it is one of the top level.

        Args:
            name: What is bound.
            line: From 1 on.
            context: What stands around the statement that binds it.
            origin: Where it is imported from.
        """
        if context.binds:
            imported, certain = origin is not None, context.certain
            origin = origin or (self._module, name)
            self.found.append(Binding(name, line, origin, imported, certain, context=context))

    def bind_target(self, target: ast.expr | None, context: Context) -> None:
        """Take note of the names that an assignment to a target binds."""
        if target is not None and context.binds:
            for name in stored(target):
                self.bind(name.id, name.lineno, context)

    def names(self, begin: int) -> set[str]:
        """Return what has been bound since there were that many."""
        return {binding.name for binding in self.found[begin:]}

    def delete(self, names: set[str], begin: int) -> None:
        """Take note that a `del` takes away what has been bound since there were that many."""
        for place, binding in enumerate(self.found[begin:], begin):
            if binding.name in names:
                self.found[place] = replace(binding, deleted=True)

    def fall_back(self, names: set[str], begin: int, end: int) -> None:
        """Take note that some bindings of handlers replace what their `try` would have bound."""
        for place, binding in enumerate(self.found[begin:end], begin):
            if binding.name in names or "*" in names:
                self.found[place] = replace(binding, fallback=True)

    def definitions(self) -> dict[str, int]:
        """Return the names that are bound when the module is imported, with their first lines."""
        found: dict[str, int] = {}
        for binding in self.found:
            if binding.name != "*" and not (binding.context and binding.context.main):
                found.setdefault(binding.name, binding.line)
        return found


def stored(target: ast.AST) -> Iterator[ast.Name]:
    """Yield the names that an assignment to a target binds, in order."""
    match target:
        case ast.Name(ctx=ast.Store()):
            yield target
        case ast.Tuple(elts) | ast.List(elts):
            for each in elts:
                yield from stored(each)
        case ast.Starred(value):
            yield from stored(value)


def captured(pattern: ast.pattern) -> Iterator[tuple[str, int]]:
    """Yield the names that a pattern of `match` binds, with their lines."""
    for node in ast.walk(pattern):
        match node:
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno
            case ast.MatchMapping(rest=str(name)):
                yield name, node.lineno


def deleted(statement: ast.Delete) -> set[str]:
    """Return the names that a `del` takes away."""
    names = (node for target in statement.targets for node in ast.walk(target))
    return {each.id for each in names if isinstance(each, ast.Name) and _is_deleted(each)}


def _is_deleted(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Del)


def plainly_bound(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield what imports and assignments among these statements bind, not those inside them."""
    for statement in statements:
        match statement:
            case ast.Import(names) | ast.ImportFrom(names=names):
                yield from (each.asname or each.name.partition(".")[0] for each in names)
            case ast.Assign(targets):
                yield from (name.id for target in targets for name in stored(target))
