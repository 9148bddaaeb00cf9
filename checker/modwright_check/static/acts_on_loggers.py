"""What a module does to loggers, which are those of the whole process."""

import ast
import logging
from collections.abc import Iterator, Sequence
from copy import copy

from modwright_check.static.act import Act
from modwright_check.static.log_handlers import (
    does_nothing,
    handlers_taken,
    handlers_taken_in_turn,
)
from modwright_check.static.own_names import OwnNames, assigned
from modwright_check.static.process_wide_names import ATTRIBUTES_OF_LOGGERS, OF_LOGGERS, ROOT


class ActsOnLoggers:
    """The acts of a module on loggers and their handlers.

    Args:
        own: What the module's names stand for.
        body: Of the module.
    """

    def __init__(self, own: OwnNames, body: Sequence[ast.stmt]) -> None:
        self._own = own
        self._loggers = assigned(body, self._logger)
        self._roots = assigned(body, self._makes_the_root)
        self._silent = assigned(body, self._emits_nothing)
        self._listed: dict[str, list[str]] = {}

    def beside(self, local: Sequence[ast.stmt]) -> "ActsOnLoggers":
        """Return the same, knowing as well what a block gives its names."""
        here = copy(self)
        here._loggers = self._loggers | assigned(local, self._logger)
        here._roots = self._roots | assigned(local, self._makes_the_root)
        here._silent = self._silent | assigned(local, self._emits_nothing)
        here._listed = dict(filter(None, map(_listed, local)))
        return here

    def of_a_call(self, call: ast.Call) -> Iterator[Act]:
        """Yield what is done to a logger by its method, or by one of the list of its handlers."""
        if used := handlers_taken(call):
            yield from self._of_handlers(used)
        elif isinstance(call.func, ast.Attribute) and call.func.attr in OF_LOGGERS:
            yield from self._of_a_logger(call.func, self._told_of(call, call.func.attr))

    def of_a_target(self, target: ast.Attribute | ast.Subscript) -> Iterator[Act]:
        """Yield what is done to a logger by an assignment to what it holds."""
        base = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(base, ast.Attribute) and base.attr == "handlers":
            yield from self._of_handlers(base)
        elif isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES_OF_LOGGERS:
            yield from self._of_a_logger(target, "logger")

    def of_a_loop(self, statement: ast.stmt) -> Iterator[Act]:
        """Yield what is done to a logger in a loop over its handlers."""
        for used in handlers_taken_in_turn(statement):
            yield from self._of_handlers(used)

    def only_add(self, call: ast.Call) -> bool:
        """Return whether a class of loggers does what the one before does, and more by new names.

        It derives from the one that was there, whosever that is.

        Args:
            call: Of `logging.setLoggerClass`.
        """
        match call.args:
            case [ast.Name(own)] if own in self._own.classes:
                node = self._own.classes[own]
                bases = [each.func for each in node.bases if isinstance(each, ast.Call)]
                derives = any(self._own.dotted(each) == "logging.getLoggerClass" for each in bases)
                defined = {getattr(each, "name", None) for each in node.body}
                return derives and defined.isdisjoint(dir(logging.Logger))
        return False

    def _of_handlers(self, used: ast.Attribute) -> Iterator[Act]:
        """Yield that a logger loses its handlers, be it the root, which may have none here.

        Args:
            used: Its `handlers`, or the method that removes one.
        """
        if self._is_the_root(used.value):
            yield Act("logging", ROOT, used.lineno)
        else:
            yield from self._of_a_logger(used, "logger")

    def _of_a_logger(self, used: ast.Attribute, kind: str) -> Iterator[Act]:
        match used.value:
            case ast.Name(name):
                logger = self._loggers.get(name)
            case ast.Call(called, [ast.Name(name)]) if name in self._listed:
                logger = None
                if self._own.dotted(called) == "logging.getLogger":
                    yield from (Act(kind, each, used.lineno) for each in self._listed[name])
            case value:
                logger = self._logger(value)
        if logger:
            yield Act(kind, logger, used.lineno)

    def _told_of(self, call: ast.Call, method: str) -> str:
        """Return what kind of act the call of a logger's method is."""
        if method == "addFilter":
            return "log filter"
        given = [*call.args, *(each.value for each in call.keywords)]
        is_silent = method == "addHandler" and all(map(self._is_silent, given))
        return "silent handler" if is_silent else "logger"

    def _logger(self, node: ast.expr) -> str | None:
        match node:
            case ast.Call(called, [ast.Constant(str(name))]):
                return name if self._own.dotted(called) == "logging.getLogger" else None
        return None

    def _is_the_root(self, node: ast.expr) -> bool:
        is_known = isinstance(node, ast.Name) and node.id in self._roots
        return is_known or self._makes_the_root(node)

    def _makes_the_root(self, node: ast.expr) -> bool:
        match node:
            case ast.Call(called, [] | [ast.Constant(None | "" | "root")]):
                return self._own.dotted(called) == "logging.getLogger"
        return self._own.dotted(node) == ROOT

    def _is_silent(self, node: ast.expr) -> bool:
        is_known = isinstance(node, ast.Name) and node.id in self._silent
        return is_known or self._emits_nothing(node)

    def _emits_nothing(self, node: ast.expr) -> bool:
        """Return whether an expression makes a handler of logs that does nothing with them.

        That is `logging.NullHandler`, or a class of the module's own, as it was written before
        Python had that.
        """
        if not isinstance(node, ast.Call):
            return False
        if self._own.dotted(node.func) == "logging.NullHandler":
            return True
        made_by = self._own.class_made_by(node)
        if made_by is None:
            return False
        bases = [self._own.dotted(each) for each in made_by.bases]
        methods = {each.name: each for each in made_by.body if isinstance(each, ast.FunctionDef)}
        inherits = bases == ["logging.NullHandler"]
        is_a_handler = inherits or (bases == ["logging.Handler"] and "emit" in methods)
        methods.pop("createLock", None)
        return is_a_handler and all(map(does_nothing, methods.values()))


def _listed(statement: ast.stmt) -> tuple[str, list[str]] | None:
    """Return the variable of a loop over texts that are written down, and these."""
    match statement:
        case ast.For(ast.Name(name), ast.Tuple(items) | ast.List(items)):
            values = [each.value for each in items if isinstance(each, ast.Constant)]
            texts = [value for value in values if isinstance(value, str)]
            return (name, texts) if texts else None
    return None
