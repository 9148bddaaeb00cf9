"""Names in annotations that are not bound yet when they are read.

Python 3.14 and newer read an annotation when somebody asks for it (PEP 649), older Pythons when
they come to it.
"""

import ast
import builtins
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from modwright_check.static.context import Context
from modwright_check.static.scopes import parameters
from modwright_check.static.source import Source

# By these a module may bind names that nobody sees in it.
_BINDS_UNSEEN = re.compile(r"\b(globals|exec|vars|setattr)\s*\(|^\s*global\s", re.MULTILINE)
_SCOPES_OF_ITS_OWN = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_Bound = Mapping[str, list[int]]  # by name, the lines that bind it


class Unbound(NamedTuple):
    """A name that is not bound yet where an annotation has it.

    Args:
        name: The name.
        line: Of the annotation.
        bound: The line that binds it later; None when only type checkers read one that does.
        context: What stands around the annotation.
    """

    name: str
    line: int
    bound: int | None
    context: Context


def not_bound_yet(source: Source) -> Iterator[Unbound]:
    """Yield the names in annotations that are evaluated at import, before they are bound.

    Args:
        source: Of the module; without a tree, it has none.
    """
    if source.walk is None or _stays_text(source) or _BINDS_UNSEEN.search(source.text):
        return
    bound: dict[str, list[int]] = {}
    for binding in source.bindings:
        bound.setdefault(binding.name, []).append(binding.line)
    if "*" in bound:
        return
    for statement, context in source.walk.statements:
        if context.at_import and context.function is None and not context.tried:
            yield from _in_statement(statement, context, bound)


def _stays_text(source: Source) -> bool:
    """Return whether annotations are never evaluated (PEP 563)."""
    return any(
        each.module == "__future__" and "annotations" in each.names for each in source.imports
    )


def _in_statement(statement: ast.stmt, context: Context, bound: _Bound) -> Iterator[Unbound]:
    classes = [each.node for each in context.chain() if isinstance(each.node, ast.ClassDef)]
    inner = {name for scope in (statement, *classes) for name in _own_names(scope)}
    begun = {each.lineno for each in classes}  # a class is bound at its end
    for annotation in _annotations(statement):
        for node in _names(annotation):
            lines = [line for line in bound.get(node.id, ()) if line not in begun]
            known = node.id in inner or hasattr(builtins, node.id) or node.id.startswith("__")
            if not known and not any(line < statement.lineno for line in lines):
                later = [*lines, *(line for line in bound.get(node.id, ()) if line in begun)]
                yield Unbound(node.id, node.lineno, min(later, default=None), context)


def _annotations(statement: ast.stmt) -> Iterator[ast.expr]:
    match statement:
        case (
            ast.FunctionDef(args=arguments, returns=returns)
            | ast.AsyncFunctionDef(args=arguments, returns=returns)
        ):
            yield from (each.annotation for each in parameters(arguments) if each.annotation)
            yield from (returns,) if returns else ()
        case ast.AnnAssign(annotation=annotation):
            yield annotation


def _names(annotation: ast.expr) -> Iterator[ast.Name]:
    nodes = list(ast.walk(annotation))
    if not any(isinstance(node, _SCOPES_OF_ITS_OWN) for node in nodes):
        yield from (node for node in nodes if isinstance(node, ast.Name))


def _own_names(scope: ast.AST) -> Iterator[str]:
    """Yield the type parameters of a definition (PEP 695), and what a class body binds."""
    yield from (each.name for each in getattr(scope, "type_params", ()))
    for node in ast.walk(scope) if isinstance(scope, ast.ClassDef) else ():
        match node:
            case ast.Name(name, ast.Store()):
                yield name
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                if node is not scope:
                    yield name
            case ast.alias(name, asname):
                yield asname or name.partition(".")[0]
