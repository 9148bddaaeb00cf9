"""Definitions of a stub for type checkers alone, decided by their kind and not by their spelling.

Typing specification, "Writing and maintaining stub files": a stub may hold protocols, typed
dictionaries, type variables and aliases that the module does not have.
"""

import ast
from collections.abc import Callable, Iterator
from functools import cached_property

_TYPING = {"_typeshed", "mypy_extensions", "typing", "typing_extensions"}
_STRUCTURES = {"Protocol", "TypedDict"}  # whoever has such a base describes values
_NOT_VALUES = {"NewType", "ParamSpec", "TypeAlias", "TypeAliasType", "TypeVar", "TypeVarTuple"}

Origin = tuple[str, str]  # a module, and a name of it


class Stub:
    """A stub, or a source, whose classes are asked about.

    Args:
        tree: Its syntax tree.
        module: The module that it describes.
        is_package: Whether it is an `__init__`.
        there: What the module has at run time; None where that is not asked.
        other: Finds the stub of another module of the project.
    """

    def __init__(
        self,
        tree: ast.Module,
        module: str,
        *,
        is_package: bool,
        there: frozenset[str] | None,
        other: Callable[[str], "Stub | None"],
    ) -> None:
        """Keep what is asked about."""
        self._tree = tree
        self._package = module if is_package else module.rpartition(".")[0]
        self._there = there
        self._other = other
        self._asked: set[str] = set()

    def is_for_types(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Return whether a definition is there for type checkers alone.

        So is a class whose base is: the stub alone defines it, or it describes a structure.
        """
        decorators = (self._origin(each) for each in node.decorator_list)
        if any(origin and origin[1] == "type_check_only" for origin in decorators):
            return True
        return isinstance(node, ast.ClassDef) and any(map(self._is_base_of_structure, node.bases))

    def is_value(self, annotation: ast.expr) -> bool:
        """Return whether what is annotated so is a value, and not an alias or a type variable."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return True
        origin = self._origin(annotation)
        return not (origin and origin[0] in _TYPING and origin[1] in _NOT_VALUES)

    def is_imported_for_types(self, name: str) -> bool:
        """Return whether an imported name speaks of types: out of typing, or a structure."""
        module = self._imported.get(name, ("", ""))[0]
        return module in _TYPING or module.startswith("_typeshed.") or self.is_structure(name)

    def comes_from(self, name: str) -> str | None:
        """Return the module that a name is imported from; None when the stub defines it."""
        return self._imported[name][0] if name in self._imported else None

    def defines(self, name: str) -> bool:
        """Return whether the stub itself binds a name, wherever it stands."""
        return name in self._bound

    def is_structure(self, name: str) -> bool:
        """Return whether a name is a protocol or a typed dictionary, or has one among its bases."""
        if name in self._asked:  # its own base, by a circle
            return False
        self._asked.add(name)
        try:
            if name in self._classes:
                if self._there is not None and name not in self._there:
                    return True
                return self.is_for_types(self._classes[name])
            return name in self._imported and self._comes_from_structure(self._imported[name])
        finally:
            self._asked.remove(name)

    def _is_base_of_structure(self, base: ast.expr) -> bool:
        origin = self._origin(base)
        return origin is not None and self._comes_from_structure(origin)

    def _comes_from_structure(self, origin: Origin) -> bool:
        module, name = origin
        if module in _TYPING or module.startswith("_typeshed."):
            return name in _STRUCTURES or module.startswith("_typeshed")
        if not module:
            return self.is_structure(name)
        other = self._other(module)
        return other is not None and other.is_structure(name)

    def _origin(self, expression: ast.expr) -> Origin | None:
        """Return where a name comes from; its module is empty when it is the stub's own."""
        match expression:
            case ast.Subscript(value) | ast.Call(value):
                return self._origin(value)
            case ast.Name(name):
                return self._imported.get(name, ("", name))
            case ast.Attribute(value, name):
                around = self._origin(value)
                return (".".join(filter(None, around)), name) if around else None
        return None

    @cached_property
    def _classes(self) -> dict[str, ast.ClassDef]:
        nodes = _statements(self._tree)
        return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}

    @cached_property
    def _bound(self) -> set[str]:
        names = set(self._imported)
        for node in _statements(self._tree):
            match node:
                case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                    names.add(name)
                case ast.AnnAssign(ast.Name(name)) | ast.Assign([ast.Name(name)]):
                    names.add(name)
        return names

    @cached_property
    def _imported(self) -> dict[str, Origin]:
        """What each imported name stands for."""
        found: dict[str, Origin] = {}
        for node in _statements(self._tree):
            match node:
                case ast.Import(aliases):
                    for alias in aliases:
                        name = alias.name if alias.asname else alias.name.partition(".")[0]
                        found[alias.asname or name] = ("", name)
                case ast.ImportFrom(module, aliases, level):
                    for alias in aliases:
                        found[alias.asname or alias.name] = (
                            self._absolute(module, level),
                            alias.name,
                        )
        return found

    def _absolute(self, module: str | None, level: int | None) -> str:
        if not level:
            return module or ""
        parts = self._package.split(".")
        around = parts[: len(parts) - level + 1]
        return ".".join([*around, *([module] if module else [])])


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements of a stub, under its tests too."""
    todo: list[ast.stmt] = list(tree.body)
    while todo:
        node = todo.pop(0)
        yield node
        match node:
            case ast.If(_, body, orelse):
                todo += [*body, *orelse]
            case ast.Try(body, handlers, orelse, finalbody):
                inside = (each for handler in handlers for each in handler.body)
                todo += [*body, *inside, *orelse, *finalbody]
