"""The names that star imports bind, and the origin of re-exported names."""

import ast
from collections.abc import Mapping
from functools import cache

from modwright_check.static.bindings import Binding, DefinedAt
from modwright_check.static.source import Source
from modwright_check.static.standard_modules import StandardModules


class Exports:
    """Which names the star imports of a project bring, as far as sources tell.

    Args:
        read: The project's sources, by the modules' names.
        standard: The standard library of its Python.
    """

    def __init__(self, read: Mapping[str, Source], standard: StandardModules) -> None:
        self._read = read
        self._standard = standard
        self._bound: dict[str, dict[str, DefinedAt]] = {}

    def public(self, module: str) -> dict[str, DefinedAt]:
        """Return what `from module import *` brings, with where each name is defined.

        Nothing of modules that are neither the project's nor, in Python, the standard library's.
        """
        source = self._read.get(module)
        if source is None:
            return {name: (module, name) for name in self._of_library(module)}
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

    def origin(self, origin: DefinedAt) -> DefinedAt:
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
        stars = (binding.origin[0] for binding in source.bindings if binding.name == "*")
        return any(not (star in self._read or self._of_library(star)) for star in stars)

    def _of_library(self, module: str) -> frozenset[str]:
        """Return what a module of the standard library offers; nothing when nobody knows."""
        return _listed(self._standard.tree(module))

    def _all(self, source: Source) -> dict[str, DefinedAt]:
        """Return all that a module binds, with where each name comes from."""
        if source.module not in self._bound:
            found: dict[str, DefinedAt] = {}
            self._bound[source.module] = found  # until known: stars may go in circles
            for binding in source.bindings:
                brought = {} if binding.deleted else self._brought(source, binding)
                if binding.fallback:
                    brought = {name: at for name, at in brought.items() if name not in found}
                found |= brought
        return self._bound[source.module]

    def _brought(self, source: Source, binding: Binding) -> dict[str, DefinedAt]:
        """Return the names that a statement of a module binds, with where each comes from."""
        if binding.name != "*":
            return {binding.name: binding.origin}
        brought = self.public(binding.origin[0]).items()
        # What the other one has taken from here stays what it is.
        return {name: at for name, at in brought if at != (source.module, name)}


@cache
def _listed(tree: ast.Module) -> frozenset[str]:
    """Return what `__all__` lists, when it is written out."""
    for node in tree.body:
        match node:
            case ast.Assign([ast.Name("__all__")], ast.List(elts) | ast.Tuple(elts)):
                values = (each.value for each in elts if isinstance(each, ast.Constant))
                return frozenset(value for value in values if isinstance(value, str))
    return frozenset()
