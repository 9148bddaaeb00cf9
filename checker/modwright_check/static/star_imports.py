"""What the top level of a module binds in which order, and where each name comes from."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from modwright_check.static.source import Source
from modwright_check.static.standard_modules import standard_tree

# Where a name is defined: the module, and the name there; of a module itself, no name.
Origin = tuple[str, str | None]


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
    """

    name: str
    line: int
    origin: Origin
    imported: bool = False
    certain: bool = True
    deleted: bool = False
    fallback: bool = False


def bindings(source: Source) -> Iterator[Binding]:
    """Yield what the top level of a module binds, in the order of its source."""
    if source.tree:
        yield from _of_block(source, source.tree.body, certain=True)


def _of_block(source: Source, body: list[ast.stmt], *, certain: bool) -> Iterator[Binding]:
    bound: list[Binding] = []
    for node in body:
        if isinstance(node, ast.Delete):
            gone = _deleted(node)
            bound = [replace(each, deleted=True) if each.name in gone else each for each in bound]
        else:
            bound += _of_statement(source, node, certain=certain)
    yield from bound


def _of_statement(source: Source, node: ast.stmt, *, certain: bool) -> Iterator[Binding]:
    line = node.lineno
    match node:
        case ast.Import(aliases):
            for alias in aliases:
                name = alias.asname or alias.name.partition(".")[0]
                yield Binding(name, line, (_imported(alias), None), True, certain)
        case ast.ImportFrom(module, aliases, level):
            base = _absolute(source, module or "", level)
            for alias in aliases:
                origin = (base, alias.name)
                yield Binding(alias.asname or alias.name, line, origin, True, certain)
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield Binding(name, line, (source.module, name), certain=certain)
        case ast.Assign(targets):
            for target in targets:
                yield from _of_target(source, target, line, certain=certain)
        case ast.AnnAssign(target, _, value) if value:
            yield from _of_target(source, target, line, certain=certain)
        case _:
            blocks = [_of_block(source, block, certain=False) for block in _blocks(node)]
            bound = [binding for block in blocks for binding in block]
            yield from bound
            yield from _of_handlers(source, node, {binding.name for binding in bound})


def _of_handlers(source: Source, node: ast.stmt, tried: set[str]) -> Iterator[Binding]:
    for handler in getattr(node, "handlers", []):
        for binding in _of_block(source, handler.body, certain=False):
            fallback = binding.fallback or binding.name in tried or "*" in tried
            yield replace(binding, fallback=fallback)


def _deleted(node: ast.Delete) -> set[str]:
    return {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Del)
    }


def _of_target(source: Source, target: ast.expr, line: int, *, certain: bool) -> Iterator[Binding]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Binding(node.id, line, (source.module, node.id), certain=certain)


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of a compound statement; of `if TYPE_CHECKING` only the other one.

    Those of handlers are not among them.
    """
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        yield node.orelse
        return
    for field in ("body", "orelse", "finalbody"):
        yield getattr(node, field, [])


def _imported(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _absolute(source: Source, module: str, level: int) -> str:
    if not level:
        return module
    parts = source.package.split(".")
    kept = parts[: len(parts) - level + 1]
    return ".".join([*kept, module] if module else kept)


class Exports:
    """Which names the star imports of a project bring, as far as sources tell.

    Args:
        read: The project's sources, by the modules' names.
    """

    def __init__(self, read: Mapping[str, Source]) -> None:
        self._read = read
        self._bound: dict[str, dict[str, Origin]] = {}

    def public(self, module: str) -> dict[str, Origin]:
        """Return what `from module import *` brings, with where each name is defined.

        Nothing of modules that are neither the project's nor, in Python, the standard library's.
        """
        source = self._read.get(module)
        if source is None:
            return {name: (module, name) for name in _of_standard_library(module)}
        bound = self._all(source)
        if source.exported is not None:
            if self._is_open(source):  # what is not bound here, an extension may have brought
                return {name: bound[name] for name in source.exported if name in bound}
            return {name: bound.get(name, (module, name)) for name in source.exported}
        return {name: origin for name, origin in bound.items() if not name.startswith("_")}

    def leaks(self, module: str, name: str) -> bool:
        """Return whether a star import brings a name only because nobody has said what it should.

        The module has no `__all__`, and has imported the name for its own use.
        """
        source = self._read.get(module)
        return bool(source and source.exported is None and self._all(source)[name][0] != module)

    def origin(self, origin: Origin) -> Origin:
        """Return where a name is defined in the end, when the project hands it on."""
        for _ in range(len(self._read)):
            module, name = origin
            if name is None:
                return origin
            if f"{module}.{name}" in self._read:
                return (f"{module}.{name}", None)
            source = self._read.get(module)
            following = self._all(source).get(name, origin) if source else origin
            if following == origin:
                return origin
            origin = following
        return origin

    def _is_open(self, source: Source) -> bool:
        """Return whether a module has a star import of which nobody knows what it brings."""
        stars = (binding.origin[0] for binding in bindings(source) if binding.name == "*")
        return any(not (star in self._read or _of_standard_library(star)) for star in stars)

    def _all(self, source: Source) -> dict[str, Origin]:
        """Return all that a module binds, with where each name comes from."""
        if source.module not in self._bound:
            found: dict[str, Origin] = {}
            self._bound[source.module] = found  # until known: stars may go in circles
            for binding in bindings(source):
                brought = {} if binding.deleted else self._brought(source, binding)
                if binding.fallback:
                    brought = {name: at for name, at in brought.items() if name not in found}
                found |= brought
        return self._bound[source.module]

    def _brought(self, source: Source, binding: Binding) -> dict[str, Origin]:
        """Return the names that a statement of a module binds, with where each comes from."""
        if binding.name != "*":
            return {binding.name: binding.origin}
        brought = self.public(binding.origin[0]).items()
        # What the other one has taken from here stays what it is.
        return {name: at for name, at in brought if at != (source.module, name)}


@cache
def _of_standard_library(module: str) -> frozenset[str]:
    """Return what a top-level module of the standard library offers; nothing when nobody knows."""
    if module not in sys.stdlib_module_names:
        return frozenset()
    for node in standard_tree(module).body:
        match node:
            case ast.Assign([ast.Name("__all__")], ast.List(elts) | ast.Tuple(elts)):
                values = (each.value for each in elts if isinstance(each, ast.Constant))
                return frozenset(value for value in values if isinstance(value, str))
    return frozenset()
