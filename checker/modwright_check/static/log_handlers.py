"""How code is written that gives handlers to loggers, and takes them away."""

import ast
from collections.abc import Iterable, Iterator

from modwright_check.static.always_run import calls

_TAKES_AWAY = {"clear", "pop", "remove"}


def handlers_taken(call: ast.Call) -> ast.Attribute | None:
    """Return the handlers that a call takes from an object, or the method of it that does.

    Args:
        call: `log.handlers.clear()`, or `log.removeHandler(handler)`.
    """
    match call.func:
        case ast.Attribute(ast.Attribute(attr="handlers") as handlers, how) if how in _TAKES_AWAY:
            return handlers
        case ast.Attribute(attr="removeHandler") as method:
            return method
    return None


def handlers_taken_in_turn(statement: ast.stmt) -> Iterator[ast.Attribute]:
    """Yield what takes handlers away in a loop over them, of which there may be none as yet.

    Args:
        statement: Of whatever kind.
    """
    if not isinstance(statement, ast.For):
        return
    named = {each.attr for each in ast.walk(statement.iter) if isinstance(each, ast.Attribute)}
    for call in (call for each in statement.body for call in calls(each)):
        if "handlers" in named and (taken := handlers_taken(call)):
            yield taken


def classes(body: Iterable[ast.stmt]) -> Iterator[ast.ClassDef]:
    """Yield the classes of a block, and those that handlers in it define for what is missing.

    Args:
        body: The block.
    """
    for node in body:
        match node:
            case ast.ClassDef():
                yield node
            case ast.Try(handlers=handlers):
                for handler in handlers:
                    yield from classes(handler.body)


def does_nothing(function: ast.FunctionDef) -> bool:
    """Return whether a function has no code that does anything: `pass`, a docstring, a constant.

    Args:
        function: Its definition.
    """
    return all(
        isinstance(each, ast.Pass)
        or (isinstance(each, ast.Expr | ast.Return) and isinstance(each.value, ast.Constant | None))
        for each in function.body
    )
