"""Assignments by which a module, when it is imported, replaces what others have defined."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from modwright_check.static.bindings import DefinedAt
from modwright_check.static.source import Source, Where
from modwright_check.static.standard_modules import StandardModules

_CLASS = re.compile(r"_*[A-Z]+[a-z]\w*")
# What is assigned there is told as what it does: MW513, MW516 and MW519.
_INTERPRETER = {"sys", "builtins", "__main__"}


def patches(source: Source, standard: StandardModules) -> Iterator[tuple[str, int]]:
    """Yield the attributes of imported modules and classes that a module assigns to, with lines.

    Only assignments that run in any case are among them, not those in branches and functions.

    Args:
        source: Of the module.
        standard: The standard library of the Python that runs it.
    """
    imported: dict[str, DefinedAt | None] = {}
    for binding in source.bindings:
        imported[binding.name] = binding.origin if binding.imported else None
    whole = {each.module for each in source.imports if each.where is Where.AT_IMPORT}
    known = _Known(imported, whole, standard)
    for target in _targets(source.tree.body if source.tree else []):
        name = _replaced(target, known)
        if name and name.partition(".")[0] not in _INTERPRETER:
            yield name, target.lineno


def _targets(body: list[ast.stmt]) -> Iterator[ast.expr]:
    for node in body:
        match node:
            case ast.Assign(targets):
                for target in targets:
                    yield from target.elts if isinstance(target, ast.Tuple) else [target]
            case ast.AnnAssign(target, value=ast.expr()):
                yield target
            case ast.With(body=inner) | ast.Try(body=inner):
                yield from _targets(inner)


@dataclass(frozen=True)
class _Known:
    """What names stand for: those that are imported, and modules imported as a whole."""

    imported: Mapping[str, DefinedAt | None]
    whole: set[str]
    standard: StandardModules


def _replaced(target: ast.expr, known: _Known) -> str | None:
    match target:
        case ast.Attribute(base, name) if of := _named(base, known):
            return f"{of}.{name}"
        case ast.Subscript(ast.Attribute(ast.Name("sys"), "modules"), ast.Constant(str(module))):
            return module
    return None


def _named(base: ast.expr, known: _Known) -> str | None:
    """Return the name of a module or, as its spelling says, a class; None of anything else."""
    match base:
        case ast.Name(name) if origin := known.imported.get(name):
            module, entry = origin
            if entry is None:
                return module
            return f"{module}.{entry}" if _CLASS.fullmatch(entry) else None
        case ast.Attribute(inner, name) if _CLASS.fullmatch(name):
            outer = _named(inner, known)
            return outer and f"{outer}.{name}"
        case ast.Attribute() if (dotted := ast.unparse(base)) in known.whole:
            return dotted
        case ast.Attribute(inner, name):  # `import os` brings os.path too
            outer = _named(inner, known)
            return f"{outer}.{name}" if known.standard.holds(f"{outer}.{name}") else None
    return None
