"""Where a module uses the standard library, and under which guards."""

import ast
import builtins
import operator
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from modwright.checking.reading.conditions import Asks, Conditions, is_main_guard
from modwright.checking.reading.source import Source
from modwright.checking.reading.standard_library import MINORS

# The operator of `int | None` (PEP 604), as `availabilities()` calls it.
UNION = "builtins:type.__or__"

# What catches that a module or a name is missing.
_CATCH = {"ImportError", "ModuleNotFoundError", "AttributeError", "NameError"}
_CATCH |= {"Exception", "BaseException"}

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True, slots=True)
class Context:
    """Under which circumstances a statement runs.

    Args:
        at_import: Whether it runs when the module is imported, and not in a function.
        caught: Whether a `try` around it catches that something is missing.
        guarded: Whether an `if` around it asks for what is there, or a handler makes up for it.
        platforms: Whether an `if` around it asks for the operating system.
        minors: The Pythons that run it, by their second number; none when a test around it asks
            for the version in a way that nobody here understands.
        function: The first and the last line of the innermost function around it.
    """

    at_import: bool = True
    caught: bool = False
    guarded: bool = False
    platforms: bool = False
    minors: frozenset[int] = frozenset(MINORS)
    function: tuple[int, int] | None = None

    @property
    def may_fail(self) -> bool:
        """Return whether the module is prepared for what is used not to be there."""
        return self.caught or self.guarded


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


@dataclass(frozen=True)
class Uses:
    """What one module uses.

    Args:
        found: In the order of the source.
        statements: Where each import statement stands, by its line.
    """

    found: tuple[Use, ...]
    statements: Mapping[int, Context]


def uses(
    source: Source,
    wanted: Collection[str],
    *,
    functions: bool = True,
    statements: Iterable[int] = (),
) -> Uses:
    """Return where a module uses any of what is wanted.

    Args:
        source: The module; without a tree, it uses nothing.
        wanted: Keys of `availabilities()`.
        functions: Whether to look into functions too.
        statements: Lines of import statements that are looked at as well.
    """
    lines = sorted({*_mentions(source.text, wanted), *statements})
    if source.tree is None or not lines:
        return Uses((), {})
    walk = _Walk(source.tree, wanted, lines, functions=functions)
    return Uses(tuple(walk.found), walk.statements)


def _mentions(text: str, wanted: Collection[str]) -> Iterator[int]:
    """Yield the lines that mention what is wanted: nothing else has to be looked at."""
    words = {re.escape(_last_word(key)) for key in wanted if key != UNION}
    patterns = [rf"\b(?:{'|'.join(sorted(words))})\b"] if words else []
    if UNION in wanted:
        patterns.append(r"\|")
    line, begin = 1, 0
    for found in re.finditer("|".join(patterns), text) if patterns else ():
        line += text.count("\n", begin, found.start())
        begin = found.start()
        yield line


def _last_word(key: str) -> str:
    """Return the word that stands in the source wherever a key is used."""
    module, _, name = key.partition(":")
    function, _, parameter = name.partition("(")
    return parameter.rstrip(")") or function or module.rpartition(".")[2]


# What the name of an operating system is compared with, and how methods ask for one.
_SYSTEMS = {"nt", "posix", "win32", "windows", "linux", "linux2", "darwin", "cygwin", "java"}
_ASKS_SYSTEM = re.compile(r"_?is_?(win|nt|linux|mac|osx|posix|unix|darwin)", re.IGNORECASE)

# What names stand for: a key, or None for something else.
_Scope = dict[str, str | None]


class _Walk:
    def __init__(
        self, tree: ast.Module, wanted: Collection[str], lines: list[int], *, functions: bool
    ) -> None:
        self.found: list[Use] = []
        self.statements: dict[int, Context] = {}
        self._wanted = wanted
        self._lines = lines
        self._functions = functions
        self._conditions = Conditions()
        self._flags: dict[str, ast.expr] = {}
        self._annotations_count = not _has_future_annotations(tree)
        scope = _bindings(tree.body)
        with suppress(RecursionError):  # what is nested that deeply is generated data
            self._block(tree.body, Context(), [scope])

    def _mentioned_in(self, node: ast.stmt | ast.expr) -> bool:
        """Return whether anything of interest stands on the lines of a node."""
        first = bisect_left(self._lines, _first_line(node))
        return first < len(self._lines) and self._lines[first] <= (node.end_lineno or node.lineno)

    def _block(self, body: Iterable[ast.stmt], context: Context, scopes: list[_Scope]) -> None:
        for statement in body:
            context = self._statement(statement, context, scopes)

    def _statement(self, node: ast.stmt, context: Context, scopes: list[_Scope]) -> Context:
        """Read a statement; return what stands around the rest of its block."""
        match node:
            case ast.Import() | ast.ImportFrom():
                self.statements[node.lineno] = context
                self._import(node, context)
            case ast.FunctionDef() | ast.AsyncFunctionDef() if self._mentioned_in(node):
                self._function(node, context, scopes)
            case ast.ClassDef(_, bases, keywords, body, decorators) if self._mentioned_in(node):
                self._visit_all((*bases, *keywords, *decorators), context, scopes)
                inside = self._under(context, *decorators)
                self._block(body, inside, [*scopes, _bindings(body)])
            case ast.If(test, body, orelse):
                self._visit(test, context, scopes)
                then, otherwise = self._branches(test, context)
                if then:
                    self._block(body, then, scopes)
                if otherwise:
                    self._block(orelse, otherwise, scopes)
                if _leaves(body) and not orelse:
                    return otherwise or replace(context, minors=frozenset())
            case ast.Assert(test):
                self._visit(test, context, scopes)
                return self._branches(test, context)[0] or context
            case ast.Try() | ast.TryStar():
                self._try(node, context, scopes)
            case ast.With(items, body) | ast.AsyncWith(items, body):
                self._visit_all(items, context, scopes)
                caught = any(_suppresses(item.context_expr) for item in items)
                inside = replace(context, caught=True) if caught else context
                self._block(body, inside, scopes)
            case ast.Match(subject, cases) if self._mentioned_in(node):
                self._visit(subject, context, scopes)
                for each in cases:
                    self._block(each.body, self._under(context, subject), scopes)
            case ast.AnnAssign(target, annotation, value):
                # In a function, the annotation of a name is never evaluated (PEP 526).
                if self._annotations_count and context.at_import:
                    self._visit(annotation, context, scopes)
                self._visit_all([target, *([value] if value else [])], context, scopes)
                if isinstance(target, ast.Name) and value:
                    self._flag(target.id, value)
            case ast.Assign([ast.Name(name)], value):
                self._flag(name, value)
                self._other(node, context, scopes)
            case _:
                self._other(node, context, scopes)
        return context

    def _other(self, node: ast.stmt, context: Context, scopes: list[_Scope]) -> None:
        for child in ast.iter_child_nodes(node) if self._mentioned_in(node) else ():
            if isinstance(child, ast.stmt):
                self._statement(child, context, scopes)
            else:
                self._visit(child, context, scopes)

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context, scopes: list[_Scope]
    ) -> None:
        arguments = node.args
        defaults = (each for each in (*arguments.defaults, *arguments.kw_defaults) if each)
        self._visit_all((*node.decorator_list, *defaults), context, scopes)
        if self._annotations_count:
            self._visit_all(_annotations(node), context, scopes)
        if self._functions:
            # A `try` around the definition catches nothing that happens later.
            lines = (node.lineno, node.end_lineno or node.lineno)
            inside = replace(context, at_import=False, caught=False, function=lines)
            inside = self._under(inside, *node.decorator_list)
            scope = _bindings(node.body) | dict.fromkeys(_names_of(arguments))
            self._block(node.body, inside, [*scopes, scope])

    def _try(self, node: ast.Try | ast.TryStar, context: Context, scopes: list[_Scope]) -> None:
        caught = any(_catches(handler.type) for handler in node.handlers)
        inside = replace(context, caught=True) if caught else context
        self._block(node.body, inside, scopes)
        for handler in node.handlers:
            made_up_for = replace(context, guarded=True, platforms=True)
            self._block(handler.body, made_up_for if _catches(handler.type) else context, scopes)
        self._block(node.orelse, inside, scopes)
        self._block(node.finalbody, context, scopes)

    def _flag(self, name: str, value: ast.expr) -> None:
        """Take note of a name that may stand for a condition."""
        self._conditions.assigned(name, value)
        if isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp):
            self._flags.setdefault(name, value)

    def _branches(self, test: ast.expr, context: Context) -> tuple[Context | None, Context | None]:
        """Return what stands around what runs when a test holds, and when it does not.

        None for what never runs: what only type checkers take for true (PEP 484).
        """
        if is_main_guard(test):
            return replace(context, at_import=False), context
        holds = self._conditions.holds(test)
        both = self._under(context, test)
        verdicts = {minor: _holds(test, minor, self._flags) for minor in MINORS}
        if set(verdicts.values()) == {None}:
            asks_version = Asks.VERSION in self._conditions.asks(test)
            both = replace(both, minors=frozenset()) if asks_version else both
            return (None if holds is False else both), (None if holds is True else both)
        then = frozenset(minor for minor, held in verdicts.items() if held is not False)
        otherwise = frozenset(minor for minor, held in verdicts.items() if held is not True)
        return (
            replace(both, minors=both.minors & then),
            replace(both, minors=both.minors & otherwise),
        )

    def _under(self, context: Context, *conditions: ast.expr) -> Context:
        """Return what stands around what depends on conditions, whichever way they go."""
        for condition in conditions:
            asks = self._conditions.asks(condition)
            if Asks.PLATFORM in asks or _asks_for_system(condition):
                context = replace(context, platforms=True)
            if Asks.PRESENCE in asks or _tells(condition) or _asks_for_attribute(condition):
                context = replace(context, guarded=True)
        return context

    def _visit_all(self, nodes: Iterable[ast.AST], context: Context, scopes: list[_Scope]) -> None:
        for node in nodes:
            self._visit(node, context, scopes)

    def _visit(self, node: ast.AST, context: Context, scopes: list[_Scope]) -> None:
        match node:
            case ast.Attribute(ctx=ast.Load()) | ast.Name(ctx=ast.Load()):
                key = self._key(node, scopes)
                if key and ":" in key:  # of a module, its import statement is the use
                    self._used(key, node.lineno, context)
            case ast.Call(function, _, keywords):
                key = self._key(function, scopes)
                for keyword in keywords:
                    if key and keyword.arg:
                        self._used(f"{key}({keyword.arg})", keyword.value.lineno, context)
            case ast.BinOp(left, ast.BitOr(), right):
                if any(self._is_type(each, scopes) for each in (left, right)):
                    self._used(UNION, node.lineno, context)
            case ast.Constant():
                return
            case ast.Lambda(arguments, body):
                if self._functions:
                    inside = replace(context, at_import=False, caught=False)
                    scope: _Scope = dict.fromkeys(_names_of(arguments))
                    self._visit(body, inside, [*scopes, scope])
                return
            case ast.IfExp(test, body, orelse):
                self._visit(test, context, scopes)
                for part, around in zip((body, orelse), self._branches(test, context), strict=True):
                    if around:
                        self._visit(part, around, scopes)
                return
            case ast.BoolOp(ast.And(), values):
                for value in values:
                    self._visit(value, context, scopes)
                    context = self._branches(value, context)[0] or context
                return
            case (
                ast.ListComp(generators=generators)
                | ast.SetComp(generators=generators)
                | ast.DictComp(generators=generators)
                | ast.GeneratorExp(generators=generators)
            ):
                scope = dict.fromkeys(_stored(each.target for each in generators))
                scopes = [*scopes, scope]
        self._visit_all(ast.iter_child_nodes(node), context, scopes)

    def _is_type(self, node: ast.expr, scopes: list[_Scope]) -> bool:
        """Return whether an operand of `|` makes it a union: None, or a class of the builtins."""
        match node:
            case ast.Constant(None):
                return True
            case ast.Subscript(base):
                return self._is_type(base, scopes)
            case ast.Name():
                key = self._key(node, scopes) or ""
                return isinstance(getattr(builtins, key.removeprefix("builtins:"), None), type)
        return False

    def _import(self, node: ast.Import | ast.ImportFrom, context: Context) -> None:
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            called = alias.asname or alias.name
            self._conditions.imported(node.module or "", alias.name, called)
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._used_module(alias.name, node.lineno, context)
        elif not node.level and node.module:
            self._used_module(node.module, node.lineno, context)
            for alias in node.names:
                self._used(f"{node.module}:{alias.name}", alias.lineno, context)
                self._used(f"{node.module}.{alias.name}", alias.lineno, context)

    def _used_module(self, name: str, line: int, context: Context) -> None:
        """Take note of a module, and of the packages around it."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            self._used(".".join(parts[:length]), line, context)

    def _used(self, key: str | None, line: int, context: Context) -> None:
        if key in self._wanted and key is not None:
            self.found.append(Use(key, line, context))

    def _key(self, node: ast.expr, scopes: list[_Scope]) -> str | None:
        """Return what a name or an attribute stands for; None when nobody knows."""
        match node:
            case ast.Name(name):
                for scope in reversed(scopes):
                    if name in scope:
                        return scope[name]
                return None if "*" in scopes[0] else f"builtins:{name}"
            case ast.Attribute(value, attribute):
                base = self._key(value, scopes)
                if base is None or base.startswith("builtins:"):
                    return None
                return f"{base.replace(':', '.')}:{attribute}"
        return None


def _bindings(body: Iterable[ast.stmt]) -> _Scope:
    """Return what the names of one scope stand for; None for all that is not plainly imported."""
    scope: _Scope = {}

    def bind(name: str, key: str | None) -> None:
        scope[name] = key if scope.get(name, key) == key else None

    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import(names):
                for alias in names:
                    bind(alias.asname or alias.name.partition(".")[0], _imported(alias))
                continue
            case ast.ImportFrom(module, names, level):
                for alias in names:
                    key = None if level else f"{module}:{alias.name}"
                    bind(alias.asname or alias.name, key)
                continue
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                bind(name, None)
                waiting += _evaluated_outside(node)
                continue
            case ast.Lambda():
                continue
            case (
                ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp()
            ):  # whose own names stay inside, but for those of `:=` (PEP 572)
                waiting += (each for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
                continue
            case ast.Name(name, ast.Store() | ast.Del()):
                bind(name, None)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                bind(name, None)
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                bind(name, None)
        waiting += ast.iter_child_nodes(node)
    return scope


def _evaluated_outside(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> list[ast.expr]:
    """Return what a definition evaluates in the scope around it."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases]
    defaults = (each for each in node.args.kw_defaults if each)
    return [*node.decorator_list, *node.args.defaults, *defaults]


def _first_line(node: ast.stmt | ast.expr) -> int:
    decorators = getattr(node, "decorator_list", ())
    return min((each.lineno for each in decorators), default=node.lineno)


def _imported(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _stored(targets: Iterable[ast.AST]) -> Iterator[str]:
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _arguments(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each)


def _names_of(arguments: ast.arguments) -> Iterator[str]:
    return (argument.arg for argument in _arguments(arguments))


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    yield from (each.annotation for each in _arguments(node.args) if each.annotation)
    if node.returns:
        yield node.returns


def _has_future_annotations(tree: ast.Module) -> bool:
    """Return whether the module's annotations stay strings (PEP 563)."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


def _holds(test: ast.expr, minor: int, flags: Mapping[str, ast.expr]) -> bool | None:
    """Return whether a test holds on Python 3.`minor`; None when that is not all it asks for."""
    match test:
        case ast.Compare(left, [comparison], [right]):
            value, other = _version(left, minor), _constant(right)
            if value is None or other is None:
                return None
            if isinstance(other, tuple) and other[:2] == (3, minor) and any(other[2:]):
                return None  # the third number decides
            compare = _COMPARISONS.get(type(comparison))
            try:
                return compare(value, other) if compare else None
            except TypeError:
                return None
        case ast.Name(name) if name in flags:
            rest = {flag: value for flag, value in flags.items() if flag != name}
            return _holds(flags[name], minor, rest)
        case ast.UnaryOp(ast.Not(), operand):
            held = _holds(operand, minor, flags)
            return None if held is None else not held
        case ast.BoolOp(way, values):
            decides = isinstance(way, ast.Or)
            held_values = [_holds(value, minor, flags) for value in values]
            if decides in held_values:
                return decides
            return None if None in held_values else not decides
    return None


def _version(node: ast.expr, minor: int) -> tuple[int, ...] | int | None:
    """Return what `sys.version_info`, or a part of it, is on Python 3.`minor`."""
    match node:
        case ast.Attribute(attr="version_info") | ast.Name("version_info"):
            return (3, minor, 1)  # as a micro version compares to two numbers
        case ast.Attribute(attr="hexversion") | ast.Name("hexversion"):
            return (3 << 24) + (minor << 16) + 1
        case ast.Attribute(ast.expr() as base, "major" | "minor" as part) if _version(base, minor):
            return 3 if part == "major" else minor
        case ast.Subscript(base, ast.Constant(0 | 1 as index)) if _version(base, minor):
            return (3, minor)[index]
        case ast.Subscript(base, ast.Slice(None, ast.Constant(1 | 2 as end))) if _version(
            base, minor
        ):
            return (3, minor)[:end]
    return None


def _constant(node: ast.expr) -> tuple[int, ...] | int | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None
    value = tuple(value) if isinstance(value, list) else value
    if isinstance(value, tuple):
        return value if all(isinstance(part, int) for part in value) else None
    return value if isinstance(value, int) else None


def _tells(condition: ast.expr) -> bool:
    """Return whether this is `pytest.mark.skipif(…)`, or a flag such as `unixEnabled`."""
    match condition:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name)):
            return "skip" in name.lower()
        case ast.Name(name) | ast.Attribute(attr=name):
            return name.lower().endswith(("enabled", "supported", "available"))
    return False


def _asks_for_system(condition: ast.expr) -> bool:
    """Return whether a condition names an operating system: `platformType == "win32"`."""
    for node in ast.walk(condition):
        match node:
            case ast.Constant(str(value)) if value.lower() in _SYSTEMS:
                return True
            case ast.Attribute(attr=name) if _ASKS_SYSTEM.match(name):
                return True
    return False


def _asks_for_attribute(condition: ast.expr) -> bool:
    """Return whether a condition asks `hasattr(…)`, or `"name" in dir(…)`."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"hasattr", "getattr", "dir", "vars"}
        for node in ast.walk(condition)
    )


def _catches(caught: ast.expr | None) -> bool:
    match caught:
        case None:
            return True
        case ast.Tuple(elts):
            return any(map(_catches, elts))
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in _CATCH
    return False


def _suppresses(context: ast.expr) -> bool:
    match context:
        case ast.Call(ast.Name("suppress") | ast.Attribute(attr="suppress"), arguments):
            return any(map(_catches, arguments))
    return False


def _leaves(body: list[ast.stmt]) -> bool:
    """Return whether nothing after this block runs once it has run."""
    match body[-1]:
        case ast.Raise() | ast.Return() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(ast.Call(ast.Attribute(attr="exit" | "skip") | ast.Name("exit" | "skip"))):
            return True
    return False
