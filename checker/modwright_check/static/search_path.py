"""Statements that change sys.path when a module is imported."""

import ast
import re
from collections.abc import Iterator, Mapping

from modwright_check.static.conditions import is_main_guard
from modwright_check.static.source import Source

_CHANGES = {"append", "extend", "insert"}
_SEPARATORS = re.compile(r"[/\\]")


def path_changes(source: Source) -> Iterator[frozenset[str]]:
    """Yield what folders are called in each change of sys.path that a module makes at import.

    A site directory that is added is such a change; what only leaves out some is none. Where the
    change has no text in it, nothing is known of where it leads.

    Args:
        source: Of the module.
    """
    if source.tree is None or not ("sys.path" in source.text or "addsitedir" in source.text):
        return
    values = {
        target.id: node.value
        for node in source.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    waiting: list[ast.AST] = [source.tree]
    while waiting:
        match waiting.pop():
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case ast.If(test) if is_main_guard(test):
                continue
            case node:
                waiting += ast.iter_child_nodes(node)
                if _changes(node):
                    yield frozenset(_folders(node, values))


def searches_for_a_while(function: ast.AST) -> bool:
    """Return whether a function changes sys.path, and puts it back in the end.

    Args:
        function: Its definition.
    """
    restoring = {node for node in ast.walk(function) if _restores(node)}
    changing = {node for node in ast.walk(function) if _changes(node)} - restoring
    return bool(changing and restoring)


def _restores(node: ast.AST) -> bool:
    match node:
        case ast.Assign([target], ast.Name()):
            return _is_path(target)
        case ast.Call(ast.Attribute(base, "remove" | "pop")) | ast.Delete([base]):
            return _is_path(base)
    return False


def _changes(node: ast.AST) -> bool:
    match node:
        case ast.Call(ast.Attribute(base, change)) if change in _CHANGES and _is_path(base):
            return True
        case ast.Call(ast.Attribute(attr="addsitedir") | ast.Name("addsitedir")):
            return True
        case ast.Assign(targets, value):
            return any(map(_is_path, targets)) and not _leaves_out(value)
        case ast.AugAssign(target):
            return _is_path(target)
    return False


def _leaves_out(value: ast.expr) -> bool:
    """Return whether this is sys.path without some of its folders."""
    match value:
        case ast.ListComp(ast.Name(kept), [ast.comprehension(ast.Name(each), path)]):
            return kept == each and _is_path(path)
    return False


def _folders(change: ast.AST, values: Mapping[str, ast.expr]) -> Iterator[str]:
    """Yield the texts in a change, and in what the names in it stand for."""
    unused, waiting = dict(values), [change]
    while waiting:
        for node in ast.walk(waiting.pop()):
            match node:
                case ast.Constant(str(text)):
                    yield from (name for name in _SEPARATORS.split(text) if name.strip("."))
                case ast.Name(name) if name in unused:
                    waiting.append(unused.pop(name))


def _is_path(target: ast.expr) -> bool:
    """Return whether this is sys.path, or a part of it."""
    match target:
        case ast.Attribute(ast.Name("sys"), "path"):
            return True
        case ast.Subscript(value):
            return _is_path(value)
    return False
