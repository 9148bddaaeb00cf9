"""Libraries of which a project asks by name whether they are there."""

import ast
from collections.abc import Iterator, Mapping

from modwright_check.model.module_names import is_of_tests
from modwright_check.static.catching import handler_for_imports
from modwright_check.static.imports import IMPORTERS
from modwright_check.static.source import Source


def tried_by_name(read: Mapping[str, Source]) -> Iterator[str]:
    """Yield the top-level names of modules that are given, as texts, to such functions.

    `import_required("polars.series", "Install polars.")`, say.

    Args:
        read: The project's sources, by the modules' names.
    """
    trying = {source.module: set(_trying(source)) for source in read.values()}
    if not any(trying.values()):
        return
    for source in read.values():
        names = trying[source.module].union(
            *(trying.get(each.module, set()) & {*each.names} for each in source.imports)
        )
        for node in ast.walk(source.tree) if source.tree and names else ():
            match node:
                case ast.Call(ast.Name(name), [ast.Constant(str(module)), *_]) if name in names:
                    yield module.partition(".")[0]


def asked_for_by_name(read: Mapping[str, Source]) -> Iterator[str]:
    """Yield the top-level names of modules of which `find_spec` is asked whether they are there.

    Args:
        read: The project's sources, by the modules' names.
    """
    for source in read.values():
        asks = "find_spec" in source.text and not is_of_tests(source.module)
        for node in ast.walk(source.tree) if source.tree and asks else ():
            match node:
                case ast.Call(
                    ast.Name("find_spec") | ast.Attribute(attr="find_spec"),
                    [ast.Constant(str(module)), *_],
                ):
                    yield module.partition(".")[0]


def _trying(source: Source) -> Iterator[str]:
    """Yield the functions of a module that import what they are told, in a `try`."""
    if source.tree is None or not any(name in source.text for name in IMPORTERS):
        return
    for function in source.tree.body:
        if isinstance(function, ast.FunctionDef) and any(_tries(function)):
            yield function.name


def _tries(function: ast.FunctionDef) -> Iterator[bool]:
    told = {each.arg for each in (*function.args.posonlyargs, *function.args.args)[:1]}
    for node in ast.walk(function):
        if isinstance(node, ast.Try) and handler_for_imports(node):
            calls = (each for statement in node.body for each in ast.walk(statement))
            yield any(_imports(each, told) for each in calls)


def _imports(node: ast.AST, names: set[str]) -> bool:
    match node:
        case ast.Call(ast.Name(function) | ast.Attribute(attr=function), [ast.Name(name), *_]):
            return function in IMPORTERS and name in names
    return False
