"""Arguments of calls that run only after the same call without them has failed."""

import ast
from collections.abc import Iterator

from modwright_check.static.handlers import spans
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import Use


def is_tried_without(use: Use, source: Source) -> bool:
    """Return whether a use of an argument stands in the handler of the same call without it.

    A Python that does not have the argument has failed by then.

    Args:
        use: What is used.
        source: The module that it stands in.
    """
    _, _, argument = use.key.rstrip(")").partition("(")
    handlers = [each.node for each in use.context.chain()]
    called = {
        ast.unparse(call.func)
        for each in handlers
        if isinstance(each, ast.ExceptHandler)
        for call in _calls(each)
        if spans(call, use.line) and argument in _arguments(call)
    }
    return bool(argument) and any(
        ast.unparse(call.func) in called and argument not in _arguments(call)
        for node, _ in (source.walk.statements if source.walk else ())
        if isinstance(node, ast.Try) and any(each in handlers for each in node.handlers)
        for tried in node.body
        for call in _calls(tried)
    )


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def _arguments(call: ast.Call) -> set[str | None]:
    return {each.arg for each in call.keywords}
