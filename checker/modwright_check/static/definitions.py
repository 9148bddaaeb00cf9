"""The function or class that a dotted name refers to, according to the source."""

import ast
from collections.abc import Iterator

from modwright_check.static.bindings import DefinedAt
from modwright_check.static.source import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


def definition(source: Source, path: str) -> Definition | None:
    """Return what a module defines at its top level, or in the body of a class there.

    Args:
        source: Of the module.
        path: Dotted attributes of it.

    Returns:
        None when the source does not tell: the name is bound another time, a class has been made
        with more than its own body, or the module puts something in its own place.
    """
    if source.tree is None or "sys.modules" in source.text:
        return None
    name, _, rest = path.partition(".")
    found = _only(source.tree, name)
    if not rest or not isinstance(found, ast.ClassDef) or not _is_plain(found):
        return None if rest else found
    return None if _is_assigned(source.tree, rest) else _only(found, rest)


def taken_from(source: Source, name: str) -> DefinedAt | None:
    """Return where a module takes a name from that it hands on: the module, and the name there.

    Args:
        source: Of the module.
        name: At its top level.

    Returns:
        None when the source does not tell, as by `definition`.
    """
    if source.tree is None or "sys.modules" in source.text:
        return None
    found = [each for each in source.bindings if each.name in {name, "*"}]
    bound = sum(_binds(node, name) for node in _inside(source.tree))
    if len(found) != 1 or bound != 1 or not (found[0].imported and found[0].certain):
        return None
    is_a_name = found[0].name == name and found[0].origin[1] is not None
    return found[0].origin if is_a_name and not found[0].deleted else None


def required_arguments(function: Function) -> list[str]:
    """Return the parameters without which a function cannot be called.

    Args:
        function: Its definition; no decorator is looked at.
    """
    arguments = function.args
    by_position = [*arguments.posonlyargs, *arguments.args]
    required = by_position[: len(by_position) - len(arguments.defaults)]
    by_name = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    required += [each for each, default in by_name if default is None]
    return [each.arg for each in required]


def _only(scope: ast.Module | ast.ClassDef, name: str) -> Definition | None:
    """Return the definition of a name in a body, when nothing in there binds the name again."""
    bound = [node for node in _inside(scope) if _binds(node, name)]
    if len(bound) != 1 or bound[0] not in scope.body:
        return None
    return bound[0] if isinstance(bound[0], Definition) else None


def _inside(scope: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(scope) if node is not scope)


def _binds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.FunctionDef(found) | ast.AsyncFunctionDef(found) | ast.ClassDef(found):
            return found == name
        case ast.Name(found, ast.Store() | ast.Del()):
            return found == name
        case ast.alias(found, None) | ast.alias(_, str(found)):
            return found in {name, "*"}
    return False


def _is_plain(found: ast.ClassDef) -> bool:
    """Return whether no base, metaclass or decorator can have changed what the body defines."""
    return not (found.bases or found.keywords or found.decorator_list)


def _is_assigned(tree: ast.Module, name: str) -> bool:
    """Return whether an attribute of this name is set or deleted, of whatever object."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.ctx, ast.Store | ast.Del)
        for node in ast.walk(tree)
    )
