"""Modules that a project tries to import one after the other, by their names in a loop."""

import ast

from modwright_check.static.catching import handler_for_imports
from modwright_check.static.imports import IMPORTERS
from modwright_check.static.source import Source


def tried_in_turn(source: Source) -> frozenset[str]:
    """Return the texts of a module with such a loop: those are among them that it goes through.

    `for name in ("fast", "plain"): try: return load(name)`, where `load` calls import_module.

    Args:
        source: The module.
    """
    if source.tree is None or not any(name in source.text for name in IMPORTERS):
        return frozenset()
    functions = [each for each in source.tree.body if isinstance(each, ast.FunctionDef)]
    loading = {each.name for each in functions if _calls(each, {*IMPORTERS})}
    loops = (each for each in ast.walk(source.tree) if isinstance(each, ast.For))
    if not any(_tries(loop, {*IMPORTERS, *loading}) for loop in loops):
        return frozenset()
    return frozenset(
        each.value
        for each in ast.walk(source.tree)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )


def _tries(loop: ast.For, loading: set[str]) -> bool:
    names = {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}
    attempts = (each for each in ast.walk(loop) if isinstance(each, ast.Try))
    return any(
        any(not names.isdisjoint(_named(call)) for call in _calls(statement, loading))
        for attempt in attempts
        if handler_for_imports(attempt)
        for statement in attempt.body
    )


def _calls(node: ast.AST, functions: set[str]) -> list[ast.Call]:
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return [
        each
        for each in calls
        if getattr(each.func, "id", getattr(each.func, "attr", "")) in functions
    ]


def _named(call: ast.Call) -> set[str]:
    """Return the names in the first argument of a call."""
    return {
        each.id
        for argument in call.args[:1]
        for each in ast.walk(argument)
        if isinstance(each, ast.Name)
    }
