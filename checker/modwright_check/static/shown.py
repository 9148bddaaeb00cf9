"""Imported names that type checkers come to when they read what a module offers to others."""

import ast
import builtins
from collections.abc import Iterator

from modwright_check.static.context import Context, Where
from modwright_check.static.expressions import expressions
from modwright_check.static.source import Import, Source

_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# What binds nothing that others could ask for.
_SAYS_NOTHING = ast.Expr | ast.Assert | ast.If | ast.While | ast.Raise | ast.Delete


def is_shown(statement: Import, source: Source) -> bool:
    """Return whether what an import brings shows in what its module offers to others.

    It does not where functions alone use it that say what they return, or variables whose types
    are known otherwise. A package offers all names that it imports, and so does a module that does
    nothing with them.

    Args:
        statement: The import.
        source: Of the module that it stands in.
    """
    names = _bound(statement, source)
    if source.is_package or not names or not names.isdisjoint(source.exported or ()):
        return True
    used, typed = set[str](), set[str]()
    for when, (node, context) in enumerate(source.walk.statements if source.walk else ()):
        if context.where is Where.FOR_TYPES:
            continue
        placed = expressions(node, context, when)
        found = names & {each.node.id for each in placed if isinstance(each.node, ast.Name)}
        if found and _shows(node, context, found, typed):
            return True
        used |= found
        typed.update(_targets(node))  # the first assignment says of what type a variable is
    return used != names


def _bound(statement: Import, source: Source) -> set[str]:
    """Return the names that an import binds for good; none where that is not known."""
    there = source.at(statement.line)
    match there[0] if there else None:
        case ast.ImportFrom(names=names) if not any(each.name == "*" for each in names):
            return {each.asname or each.name for each in names}
        case ast.Import(names) if all(each.asname for each in names):
            return {each.asname or "" for each in names}
    return set()


def _shows(node: ast.stmt, context: Context, names: set[str], typed: set[str]) -> bool:
    """Return whether what a statement does with names can be seen from outside of its module.

    Args:
        node: The statement.
        context: What stands around it.
        names: Those that it uses.
        typed: Variables and attributes whose types are known.
    """
    match node:
        case ast.AnnAssign(annotation=annotation):
            return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(annotation))
        case ast.Assign(value=value) if _has_a_known_type(value) or typed >= {*_targets(node)}:
            return False
        case ast.Assign(targets) if context.function is not None:
            if any(_is_offered(each) for each in targets):
                return True
    if context.function is None:
        return not isinstance(node, _SAYS_NOTHING)
    function = context.innermost_function()
    if not isinstance(function, _FUNCTIONS):
        return True
    return function.returns is None and function.name != "__init__"


def _has_a_known_type(value: ast.expr) -> bool:
    """Return whether a value is made by a class of the builtins, such as `bool(…)`."""
    match value:
        case ast.Call(ast.Name(name)):
            return isinstance(getattr(builtins, name, None), type)
    return False


def _targets(node: ast.stmt) -> Iterator[str]:
    """Yield the variables and attributes that an assignment binds."""
    match node:
        case ast.Assign(waiting):
            waiting = waiting.copy()
        case ast.AnnAssign(target):
            waiting = [target]
        case _:
            waiting = []
    while waiting:
        match waiting.pop():
            case ast.Name(name) | ast.Attribute(attr=name):
                yield name
            case ast.Tuple(several) | ast.List(several):
                waiting += several


def _is_offered(target: ast.expr) -> bool:
    """Return whether what is assigned to can be read from outside: an attribute of an object."""
    return any(
        isinstance(each, ast.Attribute) and not each.attr.startswith("_")
        for each in ast.walk(target)
    )
