"""Calls and assignments that change what belongs to the whole process."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from modwright_check.static.act import Act
from modwright_check.static.acts_on_loggers import ActsOnLoggers
from modwright_check.static.always_run import always_run, calls, may_run, stored
from modwright_check.static.dotted_names import dotted
from modwright_check.static.own_names import OwnNames
from modwright_check.static.parsed_command_lines import ParsedCommandLines
from modwright_check.static.process_wide_names import (
    CHANGES,
    CONFIGURE_LOGGING,
    CONVERTED,
    CONVERTS,
    HOLDERS,
    OF_CLASSES,
    PARSERS,
    PARSING,
    REGISTRARS,
    ROOT,
    SEEDS,
    SETTERS,
    TABLES,
)
from modwright_check.static.source import Source
from modwright_check.static.taken_back import is_within, taken_back

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
        body: Sequence[ast.stmt] = source.tree.body if source.tree else ()
        self._own = OwnNames(source)
        self._on_loggers = ActsOnLoggers(self._own, body)
        self._command_lines = ParsedCommandLines(self._own, body)

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
        block = _Block(
            self._own,
            self._on_loggers.beside(local),
            self._command_lines.beside(local),
            local,
        )
        done = [
            act
            for statement, managers in ran
            for act in block.acts(statement)
            if not is_within(act.name, managers, self._own)
        ]
        back = set(taken_back(local, self._own)) if done else set()
        return list(dict.fromkeys(act for act in done if act.name not in back))


class _Block:
    """What the statements of a block do.

    Args:
        own: What the module's names stand for.
        on_loggers: As the block knows them.
        command_lines: As the block parses them.
        local: The statements of the block.
    """

    def __init__(
        self,
        own: OwnNames,
        on_loggers: ActsOnLoggers,
        command_lines: ParsedCommandLines,
        local: Sequence[ast.stmt],
    ) -> None:
        self._own, self._on_loggers, self._command_lines = own, on_loggers, command_lines
        self._names = {**own.origins, **dict(filter(None, map(self._looped, local)))}

    def acts(self, statement: ast.stmt) -> Iterator[Act]:
        """Yield what a statement does."""
        for call in calls(statement):
            yield from self._of_a_call(call)
        for target in stored(statement):
            yield from self._of_a_target(target)
        yield from self._on_loggers.of_a_loop(statement)

    def _of_a_call(self, call: ast.Call) -> Iterator[Act]:
        name = dotted(call.func, self._names)
        of, _, method = name.rpartition(".")
        if name in SEEDS:
            yield Act("seed", name, call.lineno)
        elif name in REGISTRARS or (name == CONVERTS and _is_of_its_own_type(call)):
            yield Act("registration", name, call.lineno)
        elif name in SETTERS and not self._writes_its_own(call, name):
            kind = "registration" if self._adds(call, name) else "setting"
            yield Act(kind, name, call.lineno, self._written(call, name))
        elif name in CONFIGURE_LOGGING:
            yield Act("logging", name, call.lineno)
        elif holder := _holder(name.removesuffix(".update")) if "." in name else None:
            if name == f"{holder}.update":
                yield Act("holder", holder, call.lineno)
        elif of in TABLES and method in CHANGES:
            yield Act(CHANGES[method], of, call.lineno)
        elif self._command_lines.are_parsed_by(call, name):
            yield Act("command line", name, call.lineno)
        else:
            yield from self._on_loggers.of_a_call(call)

    def _of_a_target(self, target: ast.Attribute | ast.Subscript) -> Iterator[Act]:
        base = target.value if isinstance(target, ast.Subscript) else target
        name = dotted(base, self._names)
        if holder := _holder(name):
            yield Act("holder", holder, target.lineno)
        if name in TABLES and base is not target:
            yield Act("table", name, target.lineno)
        yield from self._on_loggers.of_a_target(target)

    def _looped(self, statement: ast.stmt) -> tuple[str, str] | None:
        """Return the variable of a loop over objects that have names, and the first of these."""
        match statement:
            case ast.For(ast.Name(name), ast.Tuple([first, *_]) | ast.List([first, *_])):
                known = self._own.dotted(first)
                return (name, known) if known else None
        return None

    def _adds(self, call: ast.Call, name: str) -> bool:
        """Return whether a setter only adds to what is there, and replaces nothing."""
        match name:
            case "logging.setLoggerClass":
                return self._on_loggers.only_add(call)
            case "gettext.bindtextdomain":
                return self._binds_its_own(call)
        return False

    def _writes_its_own(self, call: ast.Call, name: str) -> bool:
        """Return whether a call says how to write a class that the project defines."""
        return name in OF_CLASSES and bool(call.args) and self._own.is_own(call.args[0])

    def _written(self, call: ast.Call, name: str) -> str:
        """Return the dotted name of the class that a call says how to write."""
        return self._own.dotted(call.args[0]) if name in OF_CLASSES and call.args else ""

    def _binds_its_own(self, call: ast.Call) -> bool:
        """Return whether a call says where the texts lie that the package translates.

        They are found by their domain, which is called like the package.
        """
        match [*call.args, *(each.value for each in call.keywords)]:
            case [ast.Name(given), *_]:
                domain = self._own.values.get(given)
            case [domain, *_]:
                pass
            case _:
                return False
        called = domain.value if isinstance(domain, ast.Constant) else None
        return isinstance(called, str) and called.lower() == self._own.package.lower()


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
