"""Where a module uses the standard library, and under which guards."""

import ast
import builtins
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from modwright_check.static.guards import Context, Guards, catches, leaves, suppresses
from modwright_check.static.scopes import (
    Scope,
    evaluated_outside,
    key_of,
    parameters,
    scope_of,
    scope_of_parameters,
    scope_of_targets,
)
from modwright_check.static.source import Source

# The operator of `int | None` (PEP 604), as `availabilities()` calls it.
UNION = "builtins:type.__or__"


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
        statements: Where each import statement stands that was looked at, by its line.
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
        wanted: Keys as those of `availabilities()`.
        functions: Whether to look into functions too.
        statements: Lines of import statements that are looked at as well.
    """
    lines = sorted({*_mentions(source.text, wanted), *statements})
    if source.tree is None or not lines:
        return Uses((), {})
    walk = _Walk(wanted, lines, functions=functions)
    walk.module(source.tree)
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


_Scopes = list[Scope]


class _Walk:
    """One walk over the statements of a module that stand on the lines of interest."""

    def __init__(self, wanted: Collection[str], lines: list[int], *, functions: bool) -> None:
        self.found: list[Use] = []
        self.statements: dict[int, Context] = {}
        self._wanted = wanted
        self._lines = lines
        self._functions = functions
        self._guards = Guards()
        self._annotations_count = True

    def module(self, tree: ast.Module) -> None:
        self._annotations_count = not _has_future_annotations(tree)
        with suppress(RecursionError):  # what is nested that deeply is generated data
            self._block(tree.body, Context(), [scope_of(tree.body)])

    def _mentioned_in(self, node: ast.stmt) -> bool:
        decorators = getattr(node, "decorator_list", ())
        begin = min((each.lineno for each in decorators), default=node.lineno)
        first = bisect_left(self._lines, begin)
        return first < len(self._lines) and self._lines[first] <= (node.end_lineno or node.lineno)

    def _block(self, body: Iterable[ast.stmt], context: Context, scopes: _Scopes) -> None:
        for statement in body:
            read = _READERS.get(type(statement), _Walk._other)
            context = read(self, statement, context, scopes) or context

    # Each reader returns the context of the rest of the block, when the statement changes it.

    def _import(self, node: ast.Import, context: Context, _scopes: _Scopes) -> None:
        self.statements[node.lineno] = context
        for alias in node.names:
            self._used_module(alias.name, node.lineno, context)

    def _import_from(self, node: ast.ImportFrom, context: Context, _scopes: _Scopes) -> None:
        self.statements[node.lineno] = context
        self._guards.imported(node)
        if not node.level and node.module:
            self._used_module(node.module, node.lineno, context)
            for alias in node.names:
                self._used(f"{node.module}:{alias.name}", alias.lineno, context)
                self._used(f"{node.module}.{alias.name}", alias.lineno, context)

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context, scopes: _Scopes
    ) -> None:
        if not self._mentioned_in(node):
            return
        self._visit_all(evaluated_outside(node), context, scopes)
        if self._annotations_count:
            self._visit_all(_annotations(node), context, scopes)
        if self._functions:
            lines = (node.lineno, node.end_lineno or node.lineno)
            inside = self._guards.under(context.in_function(lines), *node.decorator_list)
            scope = scope_of(node.body) | scope_of_parameters(node.args)
            self._block(node.body, inside, [*scopes, scope])

    def _class(self, node: ast.ClassDef, context: Context, scopes: _Scopes) -> None:
        if self._mentioned_in(node):
            self._visit_all(evaluated_outside(node), context, scopes)
            inside = self._guards.under(context, *node.decorator_list)
            self._block(node.body, inside, [*scopes, scope_of(node.body)])

    def _if(self, node: ast.If, context: Context, scopes: _Scopes) -> Context | None:
        self._visit(node.test, context, scopes)
        then, otherwise = self._guards.branches(node.test, context)
        for body, inside in ((node.body, then), (node.orelse, otherwise)):
            if inside:
                self._block(body, inside, scopes)
        if node.orelse or not leaves(node.body):
            return None
        return otherwise or replace(context, minors=frozenset())

    def _assert(self, node: ast.Assert, context: Context, scopes: _Scopes) -> Context | None:
        self._visit(node.test, context, scopes)
        return self._guards.branches(node.test, context)[0]

    def _try(self, node: ast.Try | ast.TryStar, context: Context, scopes: _Scopes) -> None:
        caught = any(catches(handler.type) for handler in node.handlers)
        inside = replace(context, caught=True) if caught else context
        made_up_for = replace(context, guarded=True, platforms=True)
        self._block(node.body, inside, scopes)
        for handler in node.handlers:
            self._block(handler.body, made_up_for if catches(handler.type) else context, scopes)
        self._block(node.orelse, inside, scopes)
        self._block(node.finalbody, context, scopes)

    def _with(self, node: ast.With | ast.AsyncWith, context: Context, scopes: _Scopes) -> None:
        self._visit_all(node.items, context, scopes)
        caught = any(suppresses(item.context_expr) for item in node.items)
        self._block(node.body, replace(context, caught=True) if caught else context, scopes)

    def _match(self, node: ast.Match, context: Context, scopes: _Scopes) -> None:
        self._visit(node.subject, context, scopes)
        for case in node.cases:
            self._block(case.body, self._guards.under(context, node.subject), scopes)

    def _assign(self, node: ast.Assign, context: Context, scopes: _Scopes) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._guards.assigned(target.id, node.value)
        self._other(node, context, scopes)

    def _annotated(self, node: ast.AnnAssign, context: Context, scopes: _Scopes) -> None:
        # In a function, the annotation of a name is never evaluated (PEP 526).
        if self._annotations_count and context.function is None:
            self._visit(node.annotation, context, scopes)
        self._visit_all([node.target, *([node.value] if node.value else [])], context, scopes)
        if isinstance(node.target, ast.Name) and node.value:
            self._guards.assigned(node.target.id, node.value)

    def _other(self, node: ast.stmt, context: Context, scopes: _Scopes) -> None:
        for child in ast.iter_child_nodes(node) if self._mentioned_in(node) else ():
            if isinstance(child, ast.stmt):
                self._block([child], context, scopes)
            else:
                self._visit(child, context, scopes)

    def _visit_all(self, nodes: Iterable[ast.AST], context: Context, scopes: _Scopes) -> None:
        for node in nodes:
            self._visit(node, context, scopes)

    def _visit(self, node: ast.AST, context: Context, scopes: _Scopes) -> None:
        """Read an expression, and those in it."""
        match node:
            case ast.Lambda(arguments, body):
                if self._functions:
                    scope = scope_of_parameters(arguments)
                    self._visit(body, context.in_function(), [*scopes, scope])
            case ast.IfExp(test, body, orelse):
                self._visit(test, context, scopes)
                branches = self._guards.branches(test, context)
                for part, inside in zip((body, orelse), branches, strict=True):
                    if inside:
                        self._visit(part, inside, scopes)
            case ast.BoolOp(ast.And(), values):
                for value in values:
                    self._visit(value, context, scopes)
                    context = self._guards.branches(value, context)[0] or context
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = [*scopes, scope_of_targets(node.generators)]
                self._visit_all(ast.iter_child_nodes(node), context, inner)
            case _:
                self._used_by(node, context, scopes)
                self._visit_all(ast.iter_child_nodes(node), context, scopes)

    def _used_by(self, node: ast.AST, context: Context, scopes: _Scopes) -> None:
        match node:
            case ast.Attribute(ctx=ast.Load()) | ast.Name(ctx=ast.Load()):
                key = key_of(node, scopes)
                if key and ":" in key:  # of a module, its import statement is the use
                    self._used(key, node.lineno, context)
            case ast.Call(function, _, keywords):
                key = key_of(function, scopes)
                for keyword in keywords:
                    if key and keyword.arg:
                        self._used(f"{key}({keyword.arg})", keyword.value.lineno, context)
            case ast.BinOp(left, ast.BitOr(), right):
                if _is_type(left, scopes) or _is_type(right, scopes):
                    self._used(UNION, node.lineno, context)

    def _used_module(self, name: str, line: int, context: Context) -> None:
        """Take note of a module, and of the packages around it."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            self._used(".".join(parts[:length]), line, context)

    def _used(self, key: str, line: int, context: Context) -> None:
        if key in self._wanted:
            self.found.append(Use(key, line, context))


_READERS: dict[type[ast.stmt], Callable[[_Walk, ast.stmt, Context, _Scopes], Context | None]] = {
    getattr(ast, kind): getattr(_Walk, reader)
    for kind, reader in {
        "Import": "_import",
        "ImportFrom": "_import_from",
        "FunctionDef": "_function",
        "AsyncFunctionDef": "_function",
        "ClassDef": "_class",
        "If": "_if",
        "Assert": "_assert",
        "Try": "_try",
        "TryStar": "_try",
        "With": "_with",
        "AsyncWith": "_with",
        "Match": "_match",
        "Assign": "_assign",
        "AnnAssign": "_annotated",
    }.items()
}


def _is_type(node: ast.expr, scopes: _Scopes) -> bool:
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


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    yield from (each.annotation for each in parameters(node.args) if each.annotation)
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
