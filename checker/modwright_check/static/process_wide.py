"""Calls and assignments that change what belongs to the whole process."""

import ast
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from modwright_check.static.always_run import always_run, calls, may_run, stored
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.log_handlers import (
    classes,
    does_nothing,
    handlers_taken,
    handlers_taken_in_turn,
)
from modwright_check.static.process_wide_names import (
    ATTRIBUTES_OF_LOGGERS,
    CHANGES,
    CONFIGURE_LOGGING,
    CONVERTED,
    CONVERTS,
    HOLDERS,
    OF_CLASSES,
    OF_LOGGERS,
    PARSERS,
    PARSES,
    PARSING,
    REGISTRARS,
    ROOT,
    SEEDS,
    SETTERS,
    TABLES,
)
from modwright_check.static.source import Source

_DONE_BY = (
    *(*SEEDS, *SETTERS, *REGISTRARS, *CONFIGURE_LOGGING, *PARSING),
    *(*HOLDERS, *TABLES),
)
_MADE_BY = ("logging.getLogger", ROOT, *PARSERS)


def _signs() -> dict[str, set[str]]:
    """Return by top-level package the words without which a source does nothing with it."""
    words: dict[str, set[str]] = defaultdict(set)
    for name in (*_DONE_BY, *_MADE_BY):
        top, _, rest = name.partition(".")
        words[top].add(rest.rpartition(".")[2] or rest)
    return dict(words)


_SIGNS = _signs()
_WORD = re.compile(r"\w+")


_Read = TypeVar("_Read")


class Act(NamedTuple):
    """What a statement does to the whole process.

    Args:
        kind: `seed`, `setting` (a call), `holder` (of settings), `table`, `registration`,
            `logging`, `logger`, `log filter`, `silent handler` or `command line`.
        name: Of what is called or changed; of a logger its own name.
        line: From 1 on.
        about: The dotted name of the class that is told how to be written, else empty.
    """

    kind: str
    name: str
    line: int
    about: str = ""


def may_act(source: Source) -> bool:
    """Return whether there may be any acts in a source.

    Args:
        source: Of the module.
    """
    text = source.text if source.tree else ""
    wanted = [signs for top, signs in _SIGNS.items() if top in text]
    words = set(_WORD.findall(text)) if wanted else set()
    return not all(map(words.isdisjoint, wanted))


class Acts:
    """The acts of a module, in its own block and in its functions.

    Args:
        source: Of the module, which has a tree.
    """

    def __init__(self, source: Source) -> None:
        self._top: Sequence[ast.stmt] = source.tree.body if source.tree else ()
        self._package = source.module.partition(".")[0]
        self._origins = origins(source)
        self._values = self._assigned(self._top, lambda value: value)
        self._classes = {each.name: each for each in classes(self._top)}
        self._own_loggers = self._assigned(self._top, self._logger)
        self._own_roots = self._assigned(self._top, self._makes_the_root)
        self._own_silent = self._assigned(self._top, self._emits_nothing)
        self._own_parsers = self._assigned(self._top, self._parser)

    def of(self, body: Sequence[ast.stmt]) -> list[Act]:
        """Return what a block does in any case, and does not undo itself.

        Args:
            body: Of the module, or of a function of it.
        """
        always = list(always_run(body))
        return self._of(always, [each for each, _ in always])

    def in_branches(self, body: Sequence[ast.stmt]) -> list[Act]:
        """Return what a block does in one case or another, and does not undo itself.

        Args:
            body: Of the module.
        """
        branches = list(may_run(body))
        return self._of(branches, [each for each, _ in (*always_run(body), *branches)])

    def _of(
        self, ran: Iterable[tuple[ast.stmt, tuple[ast.expr, ...]]], local: Sequence[ast.stmt]
    ) -> list[Act]:
        """Return what statements do.

        Args:
            ran: These, with the context managers around them.
            local: All statements beside them, which may undo it, with themselves.
        """
        self._loggers = self._own_loggers | self._assigned(local, self._logger)
        self._roots = self._own_roots | self._assigned(local, self._makes_the_root)
        self._silent = self._own_silent | self._assigned(local, self._emits_nothing)
        self._parsers = self._own_parsers | self._assigned(local, self._parser)
        self._listed = dict(filter(None, map(_listed, local)))
        self._names = {**self._origins, **dict(filter(None, map(self._looped, local)))}
        done = [
            act
            for statement, managers in ran
            for act in self._acts(statement)
            if not self._is_of(act, managers)
        ]
        back = set(self._given_back(local)) if done else set()
        return list(dict.fromkeys(act for act in done if act.name not in back))

    def _acts(self, statement: ast.stmt) -> Iterator[Act]:
        for call in calls(statement):
            yield from self._of_a_call(call)
        for target in stored(statement):
            yield from self._of_a_target(target)
        for used in handlers_taken_in_turn(statement):
            yield from self._of_handlers(used)

    def _of_a_call(self, call: ast.Call) -> Iterator[Act]:
        name = dotted(call.func, self._names)
        of, _, method = name.rpartition(".")
        if name in SEEDS:
            yield Act("seed", name, call.lineno)
        elif name in REGISTRARS or (name == CONVERTS and _is_of_its_own_type(call)):
            yield Act("registration", name, call.lineno)
        elif name in SETTERS and not self._writes_its_own(call, name):
            adds = self._adds_to_loggers(call, name) or self._binds_its_own(call, name)
            kind = "registration" if adds else "setting"
            yield Act(kind, name, call.lineno, self._written(call, name))
        elif name in CONFIGURE_LOGGING:
            yield Act("logging", name, call.lineno)
        elif holder := _holder(name.removesuffix(".update")) if "." in name else None:
            if name == f"{holder}.update":
                yield Act("holder", holder, call.lineno)
        elif of in TABLES and method in CHANGES:
            yield Act(CHANGES[method], of, call.lineno)
        elif self._parses(call, name):
            yield Act("command line", name, call.lineno)
        else:
            yield from self._of_a_method(call)

    def _of_a_method(self, call: ast.Call) -> Iterator[Act]:
        """Yield what is done to a logger by its method, or by one of the list of its handlers."""
        if used := handlers_taken(call):
            yield from self._of_handlers(used)
        elif isinstance(call.func, ast.Attribute) and call.func.attr in OF_LOGGERS:
            yield from self._of_a_logger(call.func, self._told_of(call, call.func.attr))

    def _of_a_target(self, target: ast.Attribute | ast.Subscript) -> Iterator[Act]:
        base = target.value if isinstance(target, ast.Subscript) else target
        name = dotted(base, self._names)
        if holder := _holder(name):
            yield Act("holder", holder, target.lineno)
        if name in TABLES and base is not target:
            yield Act("table", name, target.lineno)
        if isinstance(base, ast.Attribute) and base.attr == "handlers":
            yield from self._of_handlers(base)
        elif isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES_OF_LOGGERS:
            yield from self._of_a_logger(target, "logger")

    def _looped(self, statement: ast.stmt) -> tuple[str, str] | None:
        """Return the variable of a loop over objects that have names, and the first of these."""
        match statement:
            case ast.For(ast.Name(name), ast.Tuple([first, *_]) | ast.List([first, *_])):
                known = dotted(first, self._origins)
                return (name, known) if known else None
        return None

    def _writes_its_own(self, call: ast.Call, name: str) -> bool:
        """Return whether a call says how to write a class that the project defines."""
        return name in OF_CLASSES and bool(call.args) and self._is_own(call.args[0])

    def _binds_its_own(self, call: ast.Call, name: str) -> bool:
        """Return whether a call says where the texts lie that the package translates.

        They are found by their domain, which is called like the package.
        """
        match [*call.args, *(each.value for each in call.keywords)]:
            case [ast.Name(given), *_] if name == "gettext.bindtextdomain":
                domain = self._values.get(given)
            case [domain, *_] if name == "gettext.bindtextdomain":
                pass
            case _:
                return False
        called = domain.value if isinstance(domain, ast.Constant) else None
        return isinstance(called, str) and called.lower() == self._package.lower()

    def _written(self, call: ast.Call, name: str) -> str:
        """Return the dotted name of the class that a call says how to write."""
        return dotted(call.args[0], self._origins) if name in OF_CLASSES and call.args else ""

    def _adds_to_loggers(self, call: ast.Call, name: str) -> bool:
        """Return whether a class of loggers does what the one before does, and more by new names.

        It derives from the one that was there, whosever that is.
        """
        match call.args if name == "logging.setLoggerClass" else ():
            case [ast.Name(own)] if own in self._classes:
                node = self._classes[own]
                bases = [each.func for each in node.bases if isinstance(each, ast.Call)]
                derives = any(
                    dotted(each, self._origins) == "logging.getLoggerClass" for each in bases
                )
                defined = {getattr(each, "name", None) for each in node.body}
                return derives and defined.isdisjoint(dir(logging.Logger))
        return False

    def _is_own(self, node: ast.expr, without: frozenset[str] = frozenset()) -> bool:
        """Return whether an object is made by the module's own package, extensions among it.

        Args:
            node: The object.
            without: Names that are being looked into.
        """
        match node:
            case ast.Call(ast.Name("type"), [made]) | ast.Call(made) | ast.Attribute(made):
                return self._is_own(made, without)
            case ast.Name(name) if name in self._values and name not in without:
                return self._is_own(self._values[name], without | {name})
            case ast.Name(name):
                return self._origins.get(name, "").partition(".")[0] == self._package
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

    def _is_the_root(self, node: ast.expr) -> bool:
        is_known = isinstance(node, ast.Name) and node.id in self._roots
        return is_known or self._makes_the_root(node)

    def _makes_the_root(self, node: ast.expr) -> bool:
        match node:
            case ast.Call(called, [] | [ast.Constant(None | "" | "root")]):
                return dotted(called, self._origins) == "logging.getLogger"
        return dotted(node, self._origins) == ROOT

    def _told_of(self, call: ast.Call, method: str) -> str:
        """Return what kind of act the call of a logger's method is."""
        if method == "addFilter":
            return "log filter"
        given = [*call.args, *(each.value for each in call.keywords)]
        is_silent = method == "addHandler" and all(map(self._is_silent, given))
        return "silent handler" if is_silent else "logger"

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
        if dotted(node.func, self._origins) == "logging.NullHandler":
            return True
        made_by = self._classes.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if made_by is None:
            return False
        bases = [dotted(each, self._origins) for each in made_by.bases]
        methods = {each.name: each for each in made_by.body if isinstance(each, ast.FunctionDef)}
        inherits = bases == ["logging.NullHandler"]
        is_a_handler = inherits or (bases == ["logging.Handler"] and "emit" in methods)
        methods.pop("createLock", None)
        return is_a_handler and all(map(does_nothing, methods.values()))

    def _of_a_logger(self, used: ast.Attribute, kind: str) -> Iterator[Act]:
        match used.value:
            case ast.Name(name):
                logger = self._loggers.get(name)
            case ast.Call(called, [ast.Name(name)]) if name in self._listed:
                logger = None
                if dotted(called, self._origins) == "logging.getLogger":
                    yield from (Act(kind, each, used.lineno) for each in self._listed[name])
            case value:
                logger = self._logger(value)
        if logger:
            yield Act(kind, logger, used.lineno)

    def _parses(self, call: ast.Call, name: str) -> bool:
        """Return whether a call parses the command line, which it does when nothing is given."""
        match call.func:
            case ast.Attribute(ast.Name(parser), how) if parser in self._parsers:
                parses = how in PARSES
            case ast.Attribute(ast.Call() as made, how):
                parses = how in PARSES and bool(self._parser(made))
            case _:
                parses = False
        given = call.args if parses else call.args[:1]
        whole = all(self._is_command_line(each) for each in given) and not call.keywords
        if name == "docopt.docopt":
            return len(call.args) == 1 and not any(each.arg == "argv" for each in call.keywords)
        return whole and (parses or (name in PARSING and bool(given)))

    def _is_command_line(self, node: ast.expr) -> bool:
        base = node.value if isinstance(node, ast.Subscript) else node
        return dotted(base, self._origins) == "sys.argv"

    def _assigned(
        self, statements: Sequence[ast.stmt], read: Callable[[ast.expr], _Read | None]
    ) -> dict[str, _Read]:
        """Return what is read of the values that names are given."""
        found: dict[str, _Read] = {}
        for statement in statements:
            match statement:
                case ast.Assign(targets, value):
                    given = [each.id for each in targets if isinstance(each, ast.Name)]
                case ast.AnnAssign(ast.Name(name), _, ast.expr() as value):
                    given = [name]
                case _:
                    continue
            if said := read(value):
                found |= dict.fromkeys(given, said)
        return found

    def _logger(self, node: ast.expr) -> str | None:
        match node:
            case ast.Call(called, [ast.Constant(str(name))]):
                return name if dotted(called, self._origins) == "logging.getLogger" else None
        return None

    def _parser(self, node: ast.expr) -> str | None:
        if not isinstance(node, ast.Call):
            return None
        name = dotted(node.func, self._origins)
        made_by = self._classes.get(node.func.id) if isinstance(node.func, ast.Name) else None
        bases = made_by.bases if made_by else ()
        made = {name, *(dotted(base, self._origins) for base in bases)}
        return next(iter(made & PARSERS), None)

    def _is_of(self, act: Act, managers: Sequence[ast.expr]) -> bool:
        """Return whether a context manager of the same library stands around an act.

        Such as `rc_context`, `option_context` and `localcontext`, that put back what they find.
        """
        functions = (each.func if isinstance(each, ast.Call) else each for each in managers)
        tops = {dotted(each, self._origins).partition(".")[0] for each in functions}
        return act.name.partition(".")[0] in tops

    def _given_back(self, statements: Sequence[ast.stmt]) -> Iterator[str]:
        """Yield what is set to what it was: by the state, or by the former values."""
        kept = self._assigned(statements, self._called)
        for call in (call for statement in statements for call in calls(statement)):
            name = dotted(call.func, self._origins)
            yield from (seed for seed, restores in SEEDS.items() if restores == name)
            values = [*call.args, *(each.value for each in call.keywords)]
            former = {kept.get(each.id) if isinstance(each, ast.Name) else None for each in values}
            module, _, setter = name.rpartition(".")
            if values and former <= {name, f"{module}.{setter.replace('set', 'get', 1)}"}:
                yield name
        copies = self._assigned(statements, self._copied)
        for statement in statements:
            match statement:
                case ast.Assign([ast.Subscript(held)], ast.Name(copy)):
                    name = dotted(held, self._origins)
                    yield from [name] if copies.get(copy) == name else ()

    def _copied(self, node: ast.expr) -> str | None:
        """Return what a copy is made of: `sys.argv[:]`, `list(sys.argv)`, `sys.argv.copy()`."""
        match node:
            case ast.Subscript(held) | ast.Call(ast.Name("list"), [held]):
                return dotted(held, self._origins)
            case ast.Call(ast.Attribute(held, "copy")):
                return dotted(held, self._origins)
        return None

    def _called(self, node: ast.expr) -> str | None:
        return dotted(node.func, self._origins) if isinstance(node, ast.Call) else None


def _listed(statement: ast.stmt) -> tuple[str, list[str]] | None:
    """Return the variable of a loop over texts that are written down, and these."""
    match statement:
        case ast.For(ast.Name(name), ast.Tuple(items) | ast.List(items)):
            values = [each.value for each in items if isinstance(each, ast.Constant)]
            texts = [value for value in values if isinstance(value, str)]
            return (name, texts) if texts else None
    return None


def _is_of_its_own_type(call: ast.Call) -> bool:
    """Return whether a converter is for a type of columns that sqlite3 does not know."""
    match call.args:
        case [ast.Constant(str(name)), *_]:
            return name.lower() not in CONVERTED
        case [ast.JoinedStr([ast.Constant(str(begin)), *_]), *_]:
            return not any(each.startswith(begin.lower()) for each in CONVERTED)
    return False


def _holder(name: str) -> str | None:
    return next((each for each in HOLDERS if f"{name}.".startswith(f"{each}.")), None)
