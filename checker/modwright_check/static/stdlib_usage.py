"""Uses of the standard library, each with its context."""

import ast
import builtins
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise, starmap

from modwright_check.static.context import Context, Where
from modwright_check.static.expressions import Placed, expressions
from modwright_check.static.scopes import Scope, key_of, scope_of, scope_of_parameters
from modwright_check.static.source import Source

# The operator of `int | None` (PEP 604), as `availabilities()` calls it.
UNION = "builtins:type.__or__"
# What makes `list[int]` of a class (PEP 585), which all of these have had since the same Python.
GENERIC = "builtins:list.__class_getitem__"
_GENERIC = {
    "builtins": {"dict", "frozenset", "list", "set", "tuple", "type"},
    "collections": {"ChainMap", "Counter", "OrderedDict", "defaultdict", "deque"},
    "collections.abc": {
        *("AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "ByteString"),
        *("Callable", "Collection", "Container", "Coroutine", "Generator", "ItemsView"),
        *("Iterable", "Iterator", "KeysView", "Mapping", "MappingView", "MutableMapping"),
        *("MutableSequence", "MutableSet", "Reversible", "Sequence", "Set", "ValuesView"),
    },
}

_CLASSES = {name for name, value in vars(builtins).items() if isinstance(value, type)} | {"None"}
_LONGEST = 40  # letters of such a name
_FIRST_WORD, _LAST_WORD = re.compile(r"\w+"), re.compile(r"\w+\Z")
_STRING = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")  # that ends in its line


@dataclass(frozen=True, slots=True)
class Use:
    """A use of the standard library.

    Args:
        key: What is used, as `availabilities()` calls it.
        line: From 1 on.
        context: Where it stands.
    """

    key: str
    line: int
    context: Context


def uses(
    source: Source,
    wanted: Collection[str],
    *,
    functions: bool = True,
    scope: Scope | None = None,
) -> tuple[Use, ...]:
    """Return where a module uses any of what is wanted, in the order of the source.

    Args:
        source: The module; without a tree, it uses nothing.
        wanted: Keys as those of `availabilities()`.
        functions: Whether to look into functions too.
        scope: What the module's own names stand for; by default, what it imports.
    """
    lines = sorted(set(_mentions(source.text, wanted)))
    if source.tree is None or source.walk is None or not lines:
        return ()
    search = _Search(source.tree, wanted, lines, scope)
    for when, (statement, context) in enumerate(source.walk.statements):
        runs = context.where is not Where.FOR_TYPES and (functions or context.function is None)
        if runs and _mentioned_in(statement, lines):
            with suppress(RecursionError):  # what is nested that deeply is generated data
                search.read(statement, context, when, functions=functions)
    return tuple(search.found)


def _mentioned_in(node: ast.stmt | ast.expr, lines: list[int]) -> bool:
    decorators = getattr(node, "decorator_list", ())
    begin = min((each.lineno for each in decorators), default=node.lineno)
    first = bisect_left(lines, begin)
    return first < len(lines) and lines[first] <= (node.end_lineno or node.lineno)


def _mentions(text: str, wanted: Collection[str]) -> Iterator[int]:
    """Yield the lines that mention what is wanted: nothing else has to be looked at."""
    words = {re.escape(_last_word(key)) for key in wanted if key not in {UNION, GENERIC}}
    patterns = [rf"\b(?:{'|'.join(sorted(words))})\b"] if words else []
    if GENERIC in wanted:
        classes = sorted(set().union(*_GENERIC.values()))
        patterns.append(rf"\b(?:{'|'.join(classes)})\[")
    line, begin = 1, 0
    for found in re.finditer("|".join(patterns), text) if patterns else ():
        line += text.count("\n", begin, found.start())
        begin = found.start()
        yield line
    if UNION in wanted:
        yield from _may_be_unions(text)


def _may_be_unions(text: str) -> Iterator[int]:
    """Yield the lines with a bar that has None or a class of the builtins beside it.

    Other bars are not looked at, nor those in strings: tables of regular expressions are full of
    them.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        code = _STRING.sub("''", line) if "|" in line else ""
        if "|" in code and any(starmap(_may_be_union, pairwise(code.split("|")))):
            yield number


def _may_be_union(left: str, right: str) -> bool:
    """Return whether a union may stand between these, or goes on in other lines."""
    left, right = left.rstrip(" \t\f)"), right.lstrip(" \t\f(")
    if not left or not right or left[-1] == "]" or right[0] in "#\\":
        return True
    words = (_LAST_WORD.search(left[-_LONGEST:]), _FIRST_WORD.match(right))
    return any(word and word.group() in _CLASSES for word in words)


def _last_word(key: str) -> str:
    """Return the word that stands in the source wherever a key is used."""
    module, _, name = key.partition(":")
    function, _, parameter = name.partition("(")
    return parameter.rstrip(")") or (function or module).rpartition(".")[2]


class _Search:
    """Looks for uses in the statements of one module."""

    def __init__(
        self, tree: ast.Module, wanted: Collection[str], lines: list[int], scope: Scope | None
    ) -> None:
        self.found: list[Use] = []
        self._wanted = wanted
        self._lines = lines
        self._annotations = not _has_future_annotations(tree)
        self._module = scope_of(tree.body) if scope is None else scope
        self._scopes: dict[ast.AST, tuple[Scope, ...]] = {}

    def read(self, node: ast.stmt, context: Context, when: int, *, functions: bool) -> None:
        """Take note of what a statement uses."""
        match node:
            case ast.Import(names):
                for alias in names:
                    self._used_module(alias.name, node.lineno, context)
            case ast.ImportFrom(str(module), names, 0):
                self._used_module(module, node.lineno, context)
                for alias in names:
                    self._used(f"{module}:{alias.name}", alias.lineno, context)
                    self._used(f"{module}.{alias.name}", alias.lineno, context)
            case _:
                scopes = self._scopes_around(context)
                annotations = self._annotations
                found = expressions(
                    node, context, when, scopes, annotations=annotations, worth=self._is_mentioned
                )
                for placed in found:
                    where = placed.context.where
                    if where is Where.AT_IMPORT or (functions and where is Where.IN_FUNCTION):
                        self._used_by(placed)

    def _is_mentioned(self, node: ast.AST) -> bool:
        """Return whether anything that is wanted may stand in an expression."""
        return not isinstance(node, ast.expr) or _mentioned_in(node, self._lines)

    def _scopes_around(self, context: Context) -> tuple[Scope, ...]:
        """Return what names stand for, by the functions and classes around."""
        for each in context.chain():
            match each.node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as owner:
                    if owner not in self._scopes:
                        outer = self._scopes_around(_around(each, owner))
                        self._scopes[owner] = (*outer, _scope_in(owner))
                    return self._scopes[owner]
        return (self._module,)

    def _used_by(self, placed: Placed) -> None:
        node, context, scopes = placed
        match node:
            case ast.Attribute(ctx=ast.Load()) | ast.Name(ctx=ast.Load()):
                key = key_of(node, scopes)
                if key and ":" in key:  # of a module, its import statement is the use
                    self._used(key, node.lineno, context)
                    self._used(_of_a_class(key), node.lineno, context)
            case ast.Call(function, _, keywords):
                key = key_of(function, scopes)
                for keyword in keywords:
                    if key and keyword.arg:
                        self._used(f"{key}({keyword.arg})", keyword.value.lineno, context)
            case ast.BinOp(left, ast.BitOr(), right):
                if _is_type(left, scopes) or _is_type(right, scopes):
                    self._used(UNION, node.lineno, context)
            case ast.Subscript(base, ctx=ast.Load()):
                module, _, name = (key_of(base, scopes) or "").partition(":")
                if name in _GENERIC.get(module, ()):
                    self._used(GENERIC, node.lineno, context)

    def _used_module(self, name: str, line: int, context: Context) -> None:
        """Take note of a module, and of the packages around it."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            self._used(".".join(parts[:length]), line, context)

    def _used(self, key: str, line: int, context: Context) -> None:
        if key in self._wanted:
            self.found.append(Use(key, line, context))


def _of_a_class(key: str) -> str:
    """Return `module:Class.name` of `module.Class:name`: it may be either."""
    around, _, name = key.partition(":")
    module, _, last = around.rpartition(".")
    return f"{module}:{last}.{name}"


def _around(context: Context, owner: ast.AST) -> Context:
    """Return what stands around a function or class: its decorators make contexts in between."""
    return next(each for each in context.chain() if each.node is not owner)


def _scope_in(owner: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Scope:
    scope = scope_of(owner.body)
    return scope if isinstance(owner, ast.ClassDef) else scope | scope_of_parameters(owner.args)


def _is_type(node: ast.expr, scopes: tuple[Scope, ...]) -> bool:
    """Return whether an operand of `|` makes it a union: None, or a class of the builtins."""
    match node:
        case ast.Constant(None):
            return True
        case ast.Subscript(base):
            return _is_type(base, scopes)
        case ast.Name():
            key = key_of(node, scopes) or ""
            return isinstance(getattr(builtins, key.removeprefix("builtins:"), None), type)
    return False


def _has_future_annotations(tree: ast.Module) -> bool:
    """Return whether the module's annotations stay strings (PEP 563)."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )
