"""Options of the command line that carry the name of the package that looks for them."""

import ast
from collections.abc import Iterator

from modwright_check.static.source import Source


def parses_its_own_options(source: Source, line: int) -> bool:
    """Return whether `getopt` looks for options of this package alone, and puts up with others.

    Args:
        source: Of the module.
        line: That calls it.
    """
    there = source.walk.at(line) if source.walk else None
    if source.tree is None or there is None or not there[1].tried:
        return False
    begin = f"{source.module.partition('.')[0]}-"
    options = [*_long_options(source.tree, line)]
    return bool(options) and all(each.startswith(begin) for each in options)


def _long_options(tree: ast.Module, line: int) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(_, [_, ast.Constant(""), listed]) if node.lineno == line:
                yield from _texts(listed, tree)


def _texts(listed: ast.expr, tree: ast.Module) -> Iterator[str]:
    match listed:
        case ast.List(items) | ast.Tuple(items):
            texts = (each.value for each in items if isinstance(each, ast.Constant))
            yield from (each for each in texts if isinstance(each, str))
        case ast.Name(name):
            for node in ast.walk(tree):
                match node:
                    case ast.Assign([ast.Name(given)], ast.List() | ast.Tuple() as value):
                        if given == name:
                            yield from _texts(value, tree)
