"""MW512: environment variables that are read at import."""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.static.conditions import is_main_guard
from modwright_check.static.parts import parts
from modwright_check.static.source import Source


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each variable that a module reads while it is imported."""
    for source in evidence.read.values():
        for name, line in _reads(source):
            yield finding(
                "MW512",
                source.module,
                f"reads {name} from the environment at import",
                "Read it in the function that uses it: programs and tests can then still set it.",
                source.file,
                line,
            )


def _reads(source: Source) -> Iterator[tuple[str, int]]:
    if source.tree is None or ("environ" not in source.text and "getenv" not in source.text):
        return
    for node in _at_import(source.tree):
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            if isinstance(node.ctx, ast.Load):
                yield _constant(node.slice), node.lineno
        elif isinstance(node, ast.Call) and node.args and _reads_environment(node.func):
            yield _constant(node.args[0]), node.lineno


def _at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what runs when the module is imported: not functions, nor what runs as a script."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case ast.If(test, _, otherwise) if is_main_guard(test):
                waiting += otherwise
            case _:
                waiting += parts(node)


def _is_environ(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (
        isinstance(node, ast.Name) and node.id == "environ"
    )


def _reads_environment(function: ast.AST) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name == "getenv":
        return True
    return name == "get" and isinstance(function, ast.Attribute) and _is_environ(function.value)


def _constant(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "a variable"
