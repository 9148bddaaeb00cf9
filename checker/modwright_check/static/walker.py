"""Walks a syntax tree once: every statement with its context, in order."""

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from modwright_check.static.bindings import Bindings, captured, deleted, plainly_bound
from modwright_check.static.catching import (
    Missing,
    caught_by,
    caught_by_any,
    expected_by,
    handler_for_imports,
    leaves,
)
from modwright_check.static.conditions import NO_FLAGS, Asks, Conditions, is_main_guard
from modwright_check.static.context import Context, Role
from modwright_check.static.exported import Exported, strings
from modwright_check.static.expressions import expressions
from modwright_check.static.flags import Flag, Flags, demanded_by
from modwright_check.static.imports import IMPORTERS, Import, absolute, called_module, placed, tops
from modwright_check.static.newer_trees import kind_of
from modwright_check.static.version_tests import InEach

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Walk:
    """What the statements of a module say, read in one pass.

    Args:
        tree: Its syntax tree.
        text: Its source.
        module: Its dotted name.
        package: The package that its relative imports start from.
        given: Flags of other modules, as this one calls them: what they are in each Python.

    Attributes:
        tree: The syntax tree.
        statements: All of them, in order, each with what stands around it. Their places in this
            list say which of two comes first.
        imports: In the order of their lines.
        bindings: What the top level binds, in order.
        exported: What `__all__` names.
        main_guard: The line of `if __name__ == "__main__":`; None without one.
    """

    def __init__(
        self,
        tree: ast.Module,
        text: str,
        module: str,
        package: str,
        given: Mapping[str, InEach] = NO_FLAGS,
    ) -> None:
        self.tree = tree
        self.statements: list[tuple[ast.stmt, Context]] = []
        self.imports: list[Import] = []
        self.bindings = Bindings(module)
        self.exported = Exported()
        self.main_guard: int | None = None
        self._package = package
        self._lazy: frozenset[str] = frozenset()  # what `__lazy_modules__` names (PEP 810)
        self._conditions = Conditions(given)
        self._flags = Flags(module, self._conditions)
        self._importers = set(IMPORTERS)  # what these functions are called here
        self._calls = any(word in text for word in IMPORTERS)
        self._walrus = ":=" in text
        self._block(tree.body, Context(self._conditions))
        self.imports.sort(key=lambda statement: statement.line)

    @cached_property
    def definitions(self) -> dict[str, int]:
        """Return the names that are the module's when it is imported, with their first lines."""
        return self.bindings.definitions()

    @cached_property
    def flags(self) -> dict[str, Flag]:
        """Return what the module's own names tell that somebody may ask for before an import."""
        return self._flags.told(self.definitions)

    @cached_property
    def imported_names(self) -> dict[str, str]:
        """Return the dotted names of what the module imports, by the names that it has here."""
        return self._flags.imported_names()

    @cached_property
    def flags_of_versions(self) -> dict[str, InEach]:
        """Return the module's own flags that tell of versions: what they are in each Python."""
        return self._conditions.flags_of_versions(self.definitions)

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Return the names that some `if` asks for to raise an exception in one of its branches."""
        return demanded_by(statement for statement, _ in self.statements)

    def at(self, line: int) -> tuple[ast.stmt, Context] | None:
        """Return the innermost statement at a line, and what stands around it.

        Args:
            line: From 1 on.

        Returns:
            None when no statement is there.
        """
        place = bisect_right(self.statements, line, key=lambda each: each[0].lineno)
        if place == 0:
            return None
        statement, context = self.statements[place - 1]
        if _spans(statement, line):
            return statement, context
        for around in context.chain():
            node = around.node
            if isinstance(node, ast.stmt) and around.around and _spans(node, line):
                return node, around.around
        return None

    @property
    def _now(self) -> int:
        return len(self.statements) - 1

    def _block(self, statements: Iterable[ast.stmt], context: Context) -> None:
        begin = len(self.bindings)
        for statement in statements:
            self._place(statement, context)
            if isinstance(statement, ast.Delete) and context.binds:
                self.bindings.delete(deleted(statement), begin)
            read = _READERS.get(type(statement))
            if read is not None:
                context = read(self, statement, context) or context

    def _place(self, statement: ast.stmt, context: Context) -> None:
        self.statements.append((statement, context))
        if self._calls or (self._walrus and context.binds):
            self._expressions(statement, context)

    # Each reader returns what stands around the rest of the block, when the statement changes it.

    def _import(self, node: ast.Import, context: Context) -> None:
        for alias in node.names:
            self._imported(alias.name, (), node, context)
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            called = alias.asname or whole
            self._flags.imported(called, whole)
            self.bindings.bind(called, node.lineno, context, (whole, None))

    def _import_from(self, node: ast.ImportFrom, context: Context) -> None:
        module = absolute(node.module or "", node.level, self._package)
        self._imported(module, tuple(alias.name for alias in node.names), node, context)
        for alias in node.names:
            called = alias.asname or alias.name
            self._conditions.imported(module, alias.name, called, self._now)
            self._flags.imported(called, f"{module}.{alias.name}")
            if context.binds and (module, alias.name) == ("importlib", "import_module"):
                self._importers.add(called)
            self.bindings.bind(called, node.lineno, context, (module, alias.name))

    def _function(self, node: _Function, context: Context) -> None:
        self.bindings.bind(node.name, node.lineno, context)
        before = len(self.imports)
        lines = (node.lineno, node.end_lineno or node.lineno)
        inside = self._decorated(node, context.in_function(node, lines))
        self._block(node.body, inside)
        if context.binds and not context.main and self._tells(node, self.imports[before:]):
            self._conditions.optional(node.name, self._now)

    def _tells(self, node: _Function, imports: Iterable[Import]) -> bool:
        """Return whether a function says if something is there: it tries, or asks for it."""
        match node.body[-1]:
            case ast.Return(ast.expr() as value) if Asks.PRESENCE in self._asks(value):
                return True
        return any(statement.guarded for statement in imports)

    def _asks(self, condition: ast.expr) -> Asks:
        return self._conditions.asks(condition, self._now + 1)

    def _class(self, node: ast.ClassDef, context: Context) -> None:
        self.bindings.bind(node.name, node.lineno, context)
        self._block(node.body, self._decorated(node, context.inside(node, binds=False)))

    def _decorated(self, node: _Function | ast.ClassDef, inside: Context) -> Context:
        for each in node.decorator_list:
            inside = inside.under(each, self._now, node, role=Role.DECORATOR)
        return inside

    def _if(self, node: ast.If, context: Context) -> Context | None:
        rest = None
        if leaves(node.body) and not node.orelse:
            rest = context.under(node.test, self._now, holds=False, role=Role.REQUIRED)
        branch: ast.If | None = node
        while branch:  # an `elif` is an `if` in the `else`: a chain of them may be long
            then, context = self._branches(branch, context)
            self._block(branch.body, then)
            match branch.orelse:
                case [ast.If() as chained]:
                    self._place(chained, context)
                    branch = chained
                case otherwise:
                    self._block(otherwise, context)
                    branch = None
        return rest

    def _branches(self, node: ast.If, context: Context) -> tuple[Context, Context]:
        """Return what stands around both branches of an `if`."""
        if is_main_guard(node.test):
            if context.binds and self.main_guard is None:
                self.main_guard = node.lineno
            return context.inside(node, main=True, certain=False), context
        return (
            context.under(node.test, self._now, node, holds=True),
            context.under(node.test, self._now, node, holds=False),
        )

    def _assert(self, node: ast.Assert, context: Context) -> Context | None:
        if self._conditions.holds(node.test) is False:  # nobody gets here, or type checkers
            return None
        return context.under(node.test, self._now, holds=True, role=Role.REQUIRED)

    def _try(self, node: ast.Try | ast.TryStar, context: Context) -> None:
        begin, before = len(self.bindings), len(self.imports)
        handler = handler_for_imports(node)
        caught = caught_by_any(each.type for each in node.handlers)
        block = context.inside(node, certain=False)
        makes_up = handler is not None and not isinstance(handler.body[-1], ast.Raise)
        inside = block.but(
            tried=True,
            caught=context.caught | caught,
            handler=handler or context.handler,
            made_up_for=context.made_up_for or makes_up,
        )
        self._block(node.body, inside)
        tried = self.bindings.names(begin)
        there = {statement.top for statement in self.imports[before:]}
        if handler:
            for name in plainly_bound([*node.body, *handler.body, *node.orelse]):
                self._conditions.optional(name, self._now)
        begin = len(self.bindings)
        for each in node.handlers:
            self._handler(each, context)
        end = len(self.bindings)
        # What follows when all went well has been asked for: all names, and more of the same
        # libraries; `try: get_ipython()`, `except NameError:` asks for something else.
        well = block.but(
            caught=block.caught | (caught & Missing.NAME),
            made_up_for=context.made_up_for or handler is None,
        )
        if question := _asked_by_trying(node.body, caught):
            well = well.under(question, self._now, holds=True)
        for statement in node.orelse:
            same = handler and there & tops(statement, self._package)
            self._block([statement], inside if same else well)
        self.bindings.fall_back(tried | self.bindings.names(end), begin, end)
        self._block(node.finalbody, block)

    def _handler(self, node: ast.ExceptHandler, context: Context) -> None:
        missing = caught_by(node.type)
        self._block(
            node.body,
            context.inside(
                node,
                certain=False,
                tried=True,
                instead=context.instead | missing,
                made_up_for=context.made_up_for or Missing.MODULE in missing,
            ),
        )

    def _with(self, node: ast.With | ast.AsyncWith, context: Context) -> None:
        caught = Missing.NOTHING
        for item in node.items:
            caught |= expected_by(item.context_expr)
            self.bindings.bind_target(item.optional_vars, context)
        inside = context.inside(node, certain=False, caught=context.caught | caught)
        inside.made_up_for |= Missing.MODULE in caught
        self._block(node.body, inside)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, context: Context) -> None:
        self.bindings.bind_target(getattr(node, "target", None), context)
        inside = context.inside(node, certain=False)
        self._block(node.body, inside)
        self._block(node.orelse, inside)

    def _match(self, node: ast.Match, context: Context) -> None:
        inside = context.under(node.subject, self._now, node, role=Role.SUBJECT)
        for case in node.cases:
            for name, line in captured(case.pattern):
                self.bindings.bind(name, line, inside)
            self._block(case.body, inside)

    def _assign(self, node: ast.Assign, context: Context) -> None:
        for target in node.targets:
            self._assigned(target, node.value, context)
        self._export(node, context)

    def _annotated(self, node: ast.AnnAssign, context: Context) -> None:
        if node.value is not None:
            self._assigned(node.target, node.value, context)
            self._export(node, context)

    def _assigned(self, target: ast.expr, value: ast.expr, context: Context) -> None:
        self.bindings.bind_target(target, context)
        if isinstance(target, ast.Name):
            name = f"{context.class_at_the_top}{target.id}"
            self._conditions.assigned(name, _told_by(value, context), self._now)
            if context.binds and not context.main:
                self._flags.assigned(target.id, value)
                if target.id == "__lazy_modules__":
                    self._lazy = frozenset(strings(value))

    def _augmented(self, node: ast.AugAssign, context: Context) -> None:
        self.bindings.bind_target(node.target, context)
        self._export(node, context)

    def _export(self, node: ast.stmt, context: Context) -> None:
        if context.binds and not context.main:
            self.exported.read(node)

    def _type_alias(self, node: ast.stmt, context: Context) -> None:
        self.bindings.bind_target(node.name, context)  # type: ignore[attr-defined]  # from Python 3.12 on

    def _imported(
        self, module: str, names: tuple[str, ...], node: ast.stmt | ast.Call, context: Context
    ) -> None:
        lazy = bool(getattr(node, "is_lazy", False))  # from Python 3.15 on
        eager = context.tried or not context.binds or names == ("*",) or isinstance(node, ast.Call)
        flags = tuple((self._flags.dotted(name), holds) for name, holds in context.flags())
        imported = placed(module, names, node, context, later=lazy)
        imported = replace(imported, lazy=lazy or (module in self._lazy and not eager), flags=flags)
        self.imports.append(imported)

    def _expressions(self, statement: ast.stmt, context: Context) -> None:
        """Read what is imported and bound in the expressions of a statement."""
        for node, inside, _ in expressions(statement, context, self._now):
            match node:
                case ast.NamedExpr(ast.Name(name)):
                    self.bindings.bind(name, node.lineno, inside)
                case ast.Call():
                    if module := called_module(node, self._importers, self._package):
                        self._imported(module, (), node, inside)


_READERS: dict[type[ast.AST], Callable[[Walk, ast.stmt, Context], Context | None]] = {
    kind_of(kind, ast.stmt): getattr(Walk, reader)
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
        "For": "_loop",
        "AsyncFor": "_loop",
        "While": "_loop",
        "Match": "_match",
        "Assign": "_assign",
        "AnnAssign": "_annotated",
        "AugAssign": "_augmented",
        "Expr": "_export",
        "TypeAlias": "_type_alias",
    }.items()
}


def _told_by(value: ast.expr, context: Context) -> ast.expr:
    """Return what a name stands for: the condition of `if NEW: flag = True` is what `flag` is."""
    match value:
        case ast.Constant(bool(told)) if context.binds and (condition := context.decided_by()):
            return condition if told else ast.UnaryOp(ast.Not(), condition)
    return value


def _spans(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _asked_by_trying(body: Sequence[ast.stmt], caught: Missing) -> ast.expr | None:
    """Return the question that is asked by trying an attribute alone: `hasattr`."""
    match body:
        case [ast.Expr(ast.Attribute(of, name) as tried)] if Missing.NAME in caught:
            arguments: list[ast.expr] = [of, ast.Constant(name)]
            asked = ast.Call(ast.Name("hasattr", ast.Load()), arguments, [])
            return ast.fix_missing_locations(ast.copy_location(asked, tried))
    return None
