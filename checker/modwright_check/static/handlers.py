"""The handlers of imports that may fail, and whether they have something in their place."""

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from modwright_check.static.catching import gives_up, raises
from modwright_check.static.reading import read_code
from modwright_check.static.walker import Walk

_EMPTY = (ast.Constant, ast.Dict, ast.List, ast.Set, ast.Tuple)


def walk_over(file: Path) -> Walk | None:
    """Return the walk over a file, whose module may be anybody's; None when it cannot be read."""
    try:
        return Walk(ast.parse(read_code(file)), "", "", "")
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def answered_by(
    frames: Sequence[tuple[str, int]],
    site_packages: Path,
    walk_of: Callable[[Path], Walk | None] = walk_over,
) -> Iterator[str]:
    """Yield the modules whose failed import an exception answers, raised by their handler.

    That may be a handler of the project, or one of what it imports.

    Args:
        frames: Files and lines of the exception's stack, the innermost last.
        site_packages: Where the file must lie.
        walk_of: `walk_over`, which may remember what it has returned: many fail at one line.
    """
    file, line = frames[-1] if frames else ("", 0)
    if not Path(file).is_relative_to(site_packages):
        return
    walk = walk_of(Path(file))
    for statement in walk.imports if walk else ():
        relative = statement.module.startswith(".")
        if not relative and statement.handler and spans(statement.handler, line):
            yield statement.module


def makes_up(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler puts something that works in the place of what is missing.

    Another import does, a function or class of its own, a value that is more than empty. None,
    a flag and a message do not.

    Args:
        handler: Of an import.
    """
    for node in ast.walk(handler):
        match node:
            case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef():
                return True
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                if not isinstance(value, _EMPTY):
                    return True
            case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
                return True
    return False


def is_needed(walk: Walk, handler: ast.ExceptHandler) -> bool:
    """Return whether something ends with an exception when the import has failed.

    The handler raises one, or some code does where it asks for what the handler has set.

    Args:
        walk: Over the module.
        handler: Of an import.
    """
    return raises(handler) or any(
        isinstance(target, ast.Name) and target.id in walk.demanded
        for node in ast.walk(handler)
        if isinstance(node, ast.Assign)
        for target in node.targets
    )


def spans(node: ast.stmt | ast.expr | ast.ExceptHandler, line: int) -> bool:
    """Return whether a line belongs to a statement, an expression or a handler."""
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def goes_on_without(tree: ast.Module, line: int) -> bool:
    """Return whether a `try` stands around a line, of which each handler goes on.

    Args:
        tree: Of a module.
        line: From 1 on.
    """
    return any(
        isinstance(node, ast.Try)
        and any(spans(each, line) for each in node.body)
        and bool(node.handlers)
        and not any(gives_up(each.body) for each in node.handlers)
        for node in ast.walk(tree)
    )
