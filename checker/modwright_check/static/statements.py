"""One walk over a syntax tree: what is imported where, what is bound, what is exported."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from modwright_check.static.conditions import Asks, Conditions, is_main_guard, mentions

# What catches a ModuleNotFoundError.
_CATCH = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
# What expects one, as the context of a `with`.
_EXPECT = {"suppress", "raises", "assertRaises", "assertRaisesRegex"}
# Without one of these in the text, no expression imports anything.
_CALLS = ("import_module", "__import__")
_NEAREST = 20  # conditions around an import that are looked at: a chain of `elif`s may be long


# What a name tells that is asked for before an import: what it depends on, what it always is, or
# the dotted name of what it stands for.
Flag = Asks | bool | str


class Where(Enum):
    """When an import statement runs."""

    AT_IMPORT = "at import"  # module level, class bodies, both branches of an `if`
    IN_FUNCTION = "in a function"
    FOR_TYPES = "for type checkers"  # under `if TYPE_CHECKING`, or in a stub


@dataclass(frozen=True, slots=True)
class Import:
    """An import statement, or `importlib.import_module` and `__import__` of a constant.

    Args:
        module: The absolute dotted name of the module; what was relative is resolved. Of
            `from . import a` it is the package. What reaches above the top keeps its dots.
        names: Of `from module import names`, `("*",)` for a star; empty for `import module`.
        line: From 1 on.
        where: When it runs.
        guarded: Whether a `try` around it catches the ImportError (or a class above it), or an
            `if` around it asks whether the module is there.
        platforms: Whether an `if` around it asks for the operating system (sys.platform,
            os.name, platform.system()), or the handler of its `try` makes up for its absence.
        versions: Whether an `if` around it asks for `sys.version_info`.
        called: Whether it is a call of import_module, not a statement.
        main: Whether it stands under `if __name__ == "__main__"`.
        instead: Whether it stands in a handler for what is missing, as the second choice.
        flags: The names that are asked for before it, in their modules' names, with what each of
            them has to be, true or false; None when that depends on more than the name.
    """

    module: str
    names: tuple[str, ...]
    line: int
    where: Where
    guarded: bool = False
    platforms: bool = False
    versions: bool = False
    called: bool = False
    main: bool = False
    instead: bool = False
    flags: tuple[tuple[str, bool | None], ...] = ()

    def may_name(self, module: str) -> bool:
        """Return whether this imports a module, or one inside it."""
        named = (self.module, *(f"{self.module}.{name}" for name in self.names))
        return any(f"{name}.".startswith(f"{module}.") for name in named)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a statement: most of what an `Import` tells of itself.

    `binds` says whether its names are the module's own. `tests` are the conditions that hold or
    not, `required` those without which the block has been left, `flags` the names that both ask
    for. `caught` and `made_up_for` come
    of a `try`, which guards what runs inside it but no function that is only defined there.
    `skipped` says that a decorator has a test left out where something is missing.
    """

    where: Where = Where.AT_IMPORT
    binds: bool = True
    caught: bool = False
    made_up_for: bool = False
    tests: tuple[ast.expr, ...] = ()
    required: tuple[ast.expr, ...] = ()
    flags: tuple[tuple[str, bool | None], ...] = ()
    main: bool = False
    instead: bool = False
    skipped: bool = False

    def asked(self, test: ast.expr, *, holds: bool | None) -> "_Around":
        return replace(self, flags=(*self.flags, *flags_of(test, holds=holds))[-_NEAREST:])

    def for_types(self) -> "_Around":
        return replace(self, where=Where.FOR_TYPES, binds=False)

    def in_function(self) -> "_Around":
        where = Where.FOR_TYPES if self.where is Where.FOR_TYPES else Where.IN_FUNCTION
        around = replace(self, where=where, binds=False, caught=False)
        return replace(around, made_up_for=False, instead=False)


class Statements:
    """What the statements of a module say.

    Args:
        tree: Its syntax tree.
        text: Its source.
        module: Its dotted name.
        package: The package that its relative imports start from.
    """

    def __init__(self, tree: ast.Module, text: str, module: str, package: str) -> None:
        self.imports: list[Import] = []
        self.definitions: dict[str, int] = {}
        self.exported: list[str] | None = None
        self.main_guard: int | None = None
        self._module = module
        self._package = package
        self._origins: dict[str, str] = {}  # of what is imported: its name here, its dotted name
        self._values: dict[str, list[ast.expr]] = {}  # of the module's own names
        self._conditions = Conditions()
        self._calls = any(word in text for word in _CALLS)
        self._importers = set(_CALLS)  # what these functions are called here
        self._walrus = ":=" in text
        self._block(tree.body, _Around())
        self.imports.sort(key=lambda one: one.line)

    def flags(self) -> dict[str, Flag]:
        """Return what the module's own names tell that somebody may ask for before an import."""
        found: dict[str, Flag] = {}
        for name in self.definitions:
            asks = self._conditions.asks(ast.Name(name)) & (Asks.PRESENCE | Asks.PLATFORM)
            if asks:
                found[name] = asks
            elif name in self._origins:
                found[name] = self._origins[name]
        for name, values in self._values.items():
            match values:
                case [ast.Constant(bool(value))] if name not in found:
                    found[name] = value
        return found

    def _block(self, statements: Iterable[ast.stmt], around: _Around) -> None:
        for statement in statements:
            if self._calls or (self._walrus and around.binds):
                self._expressions(statement, around)
            read = _READERS.get(type(statement))
            if read is not None:
                around = read(self, statement, around) or around

    # Each reader returns what stands around the rest of the block, when the statement changes it.

    def _import(self, node: ast.Import, around: _Around) -> None:
        for alias in node.names:
            self._imported(alias.name, (), node.lineno, around)
            if alias.asname:
                self._origins[alias.asname] = alias.name
            else:
                self._origins[alias.name.partition(".")[0]] = alias.name.partition(".")[0]
            self._bind(alias.asname or alias.name.partition(".")[0], node.lineno, around)

    def _import_from(self, node: ast.ImportFrom, around: _Around) -> None:
        module = _absolute(node.module or "", node.level, self._package)
        self._imported(module, tuple(alias.name for alias in node.names), node.lineno, around)
        for alias in node.names:
            called = alias.asname or alias.name
            self._conditions.imported(module, alias.name, called)
            self._origins[called] = f"{module}.{alias.name}"
            if around.binds and (module, alias.name) == ("importlib", "import_module"):
                self._importers.add(called)
            if called != "*":
                self._bind(called, node.lineno, around)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, around: _Around) -> None:
        self._bind(node.name, node.lineno, around)
        skipped = _may_be_skipped(node, around)
        before = len(self.imports)
        self._block(node.body, replace(around.in_function(), caught=skipped, skipped=skipped))
        if around.binds and self._tells(node, self.imports[before:]):
            self._conditions.optional(node.name)

    def _tells(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, imports: Iterable[Import]
    ) -> bool:
        """Return whether a function says if something is there: it tries, or asks for it."""
        match node.body[-1]:
            case ast.Return(ast.expr() as value) if Asks.PRESENCE in self._conditions.asks(value):
                return True
        return any(statement.guarded for statement in imports)

    def _class(self, node: ast.ClassDef, around: _Around) -> None:
        self._bind(node.name, node.lineno, around)
        skipped = _may_be_skipped(node, around)
        self._block(node.body, replace(around, binds=False, skipped=skipped))

    def _if(self, node: ast.If, around: _Around) -> _Around | None:
        rest = None
        if _leaves(node.body) and not node.orelse:
            rest = replace(around, required=(*around.required, node.test)[-_NEAREST:])
            rest = rest.asked(node.test, holds=False)
        branch: ast.If | None = node
        while branch:  # an `elif` is an `if` in the `else`: a chain of them may be long
            inside, around = self._branches(branch, around)
            self._block(branch.body, inside)
            match branch.orelse:
                case [ast.If() as chained]:
                    if self._calls or self._walrus:
                        self._expressions(chained, around)
                    branch = chained
                case otherwise:
                    self._block(otherwise, around)
                    branch = None
        return rest

    def _branches(self, node: ast.If, around: _Around) -> tuple[_Around, _Around]:
        """Return what stands around both branches of an `if`."""
        if is_main_guard(node.test):
            if around.binds and self.main_guard is None:
                self.main_guard = node.lineno
            return replace(around, main=True, binds=False), around
        both = replace(around, tests=(*around.tests, node.test)[-_NEAREST:])
        holds = self._conditions.holds(node.test)
        then, otherwise = both.asked(node.test, holds=True), both.asked(node.test, holds=False)
        return (
            then.for_types() if holds is False else then,
            otherwise.for_types() if holds is True else otherwise,
        )

    def _assert(self, node: ast.Assert, around: _Around) -> _Around:
        required = (*around.required, node.test)[-_NEAREST:]
        return replace(around, required=required).asked(node.test, holds=True)

    def _try(self, node: ast.Try | ast.TryStar, around: _Around) -> None:
        handler = next(filter(catches_import_errors, node.handlers), None)
        if handler is None:
            self._block(node.body, around)
            # `try: get_ipython()`, `except NameError:`: what follows `else:` has been asked for.
            self._block(node.orelse, replace(around, made_up_for=True))
        else:
            self._guarded(node, handler, around)
        for each in node.handlers:
            made_up = replace(around, made_up_for=True, instead=True)
            self._block(each.body, made_up if handler is each else around)
        self._block(node.finalbody, around)

    def _guarded(
        self, node: ast.Try | ast.TryStar, handler: ast.ExceptHandler, around: _Around
    ) -> None:
        made_up_for = around.made_up_for or not _raises(handler.body)
        inside = replace(around, caught=True, made_up_for=made_up_for)
        before = len(self.imports)
        self._block(node.body, inside)
        there = {one.module.partition(".")[0] for one in self.imports[before:]}
        # What follows when all went well needs no guard for more of the same library.
        for statement in node.orelse:
            same = _tops(statement, self._package) & there
            self._block([statement], inside if same else around)
        for name in _bound_in([*node.body, *handler.body, *node.orelse]):
            self._conditions.optional(name)

    def _with(self, node: ast.With | ast.AsyncWith, around: _Around) -> None:
        for item in node.items:
            if item.optional_vars is not None:
                self._bind_target(item.optional_vars, around)
        caught = any(_suppresses(item.context_expr) for item in node.items)
        inside = replace(around, caught=True, made_up_for=True) if caught else around
        self._block(node.body, inside)

    def _for(self, node: ast.For | ast.AsyncFor, around: _Around) -> None:
        self._bind_target(node.target, around)
        self._block(node.body, around)
        self._block(node.orelse, around)

    def _while(self, node: ast.While, around: _Around) -> None:
        self._block(node.body, around)
        self._block(node.orelse, around)

    def _match(self, node: ast.Match, around: _Around) -> None:
        inside = replace(around, tests=(*around.tests, node.subject)[-_NEAREST:])
        for case in node.cases:
            for pattern in ast.walk(case.pattern):
                name = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
                if name:
                    self._bind(name, case.pattern.lineno, around)
            self._block(case.body, inside)

    def _assign(self, node: ast.Assign, around: _Around) -> None:
        for target in node.targets:
            self._assigned(target, node.value, around)

    def _annotated(self, node: ast.AnnAssign, around: _Around) -> None:
        if node.value is not None:
            self._assigned(node.target, node.value, around)

    def _assigned(self, target: ast.expr, value: ast.expr, around: _Around) -> None:
        self._bind_target(target, around)
        if isinstance(target, ast.Name):
            self._conditions.assigned(target.id, value)
            if around.binds:
                self._values.setdefault(target.id, []).append(value)
            if target.id == "__all__" and around.binds:
                self.exported = _strings(value)

    def _augmented(self, node: ast.AugAssign, around: _Around) -> None:
        self._bind_target(node.target, around)
        if self._is_all(node.target, around):
            self._export(_strings(node.value))

    def _expression(self, node: ast.Expr, around: _Around) -> None:
        match node.value:
            case ast.Call(ast.Attribute(base, change), [argument]) if self._is_all(base, around):
                if change == "append":
                    self._export(_strings(ast.List([argument])))
                elif change == "extend":
                    self._export(_strings(argument))
                elif change == "remove" and isinstance(argument, ast.Constant) and self.exported:
                    self.exported = [name for name in self.exported if name != argument.value]

    def _is_all(self, target: ast.expr, around: _Around) -> bool:
        return around.binds and isinstance(target, ast.Name) and target.id == "__all__"

    def _export(self, names: list[str]) -> None:
        self.exported = [*(self.exported or ()), *names]

    def _type_alias(self, node: ast.stmt, around: _Around) -> None:
        self._bind_target(node.name, around)  # type: ignore[attr-defined]  # from Python 3.12 on

    def _imported(
        self,
        module: str,
        names: tuple[str, ...],
        line: int,
        around: _Around,
        *,
        called: bool = False,
    ) -> None:
        asks = self._asks(module, around)
        self.imports.append(
            Import(
                module,
                names,
                line,
                around.where,
                guarded=around.caught or Asks.PRESENCE in asks,
                platforms=around.made_up_for or Asks.PLATFORM in asks,
                versions=Asks.VERSION in asks,
                called=called,
                main=around.main,
                instead=around.instead,
                flags=tuple((self._dotted(name), holds) for name, holds in around.flags),
            )
        )

    def _dotted(self, name: str) -> str:
        """Return the name of what is asked for, with the module that it was imported from."""
        first, dot, rest = name.partition(".")
        return f"{self._origins.get(first) or f'{self._module}.{first}'}{dot}{rest}"

    def _asks(self, module: str, around: _Around) -> Asks:
        """Return what is asked for around the import of a module."""
        asks = Asks.NOTHING
        for test in around.tests:
            asks |= self._conditions.asks(test)
        for test in around.required:  # that a version was required says: the others are too old
            asks |= self._conditions.asks(test) & ~Asks.VERSION
        named = any(mentions(test, module.partition(".")[0]) for test in around.tests)
        return asks | Asks.PRESENCE if named else asks

    def _bind(self, name: str, line: int, around: _Around) -> None:
        if around.binds:
            self.definitions.setdefault(name, line)

    def _bind_target(self, target: ast.expr, around: _Around) -> None:
        if around.binds:
            for name in _targets(target):
                self._bind(name.id, name.lineno, around)

    def _expressions(self, statement: ast.stmt, around: _Around) -> None:
        """Read the expressions of a statement, but not the statements in it."""
        waiting = [(child, around) for child in _own_expressions(statement)]
        while waiting:
            node, around = waiting.pop()
            match node:
                case ast.Lambda():
                    around = around.in_function()
                case ast.NamedExpr(ast.Name(name)):
                    self._bind(name, node.lineno, around)
                case ast.Call():
                    if module := _called(node, self._importers, self._package):
                        self._imported(module, (), node.lineno, around, called=True)
            waiting += [(child, around) for child in ast.iter_child_nodes(node)]


_READERS: dict[type[ast.stmt], Callable[[Statements, ast.stmt, _Around], _Around | None]] = {
    getattr(ast, kind): getattr(Statements, reader)
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
        "For": "_for",
        "AsyncFor": "_for",
        "While": "_while",
        "Match": "_match",
        "Assign": "_assign",
        "AnnAssign": "_annotated",
        "AugAssign": "_augmented",
        "Expr": "_expression",
        "TypeAlias": "_type_alias",
    }.items()
    if hasattr(ast, kind)
}


def flags_of(test: ast.expr, *, holds: bool | None) -> Iterator[tuple[str, bool | None]]:
    """Yield the names that a test asks for, and whether they have to be true or false.

    Args:
        test: The condition.
        holds: Whether it does where that is of interest; None when nobody knows.
    """
    match test:
        case ast.Name() | ast.Attribute():
            yield ast.unparse(test), holds
        case ast.Call(ast.Name() | ast.Attribute() as called):
            yield ast.unparse(called), None
        case ast.Compare(ast.Name() | ast.Attribute() as left, [_], [ast.Constant(None)]):
            yield ast.unparse(left), None
        case ast.UnaryOp(ast.Not(), operand):
            yield from flags_of(operand, holds=None if holds is None else not holds)
        case ast.BoolOp(operator, values):
            each_has_to = isinstance(operator, ast.And) is holds
            for value in values:
                yield from flags_of(value, holds=holds if each_has_to else None)


def _absolute(module: str, level: int, package: str) -> str:
    """Return the absolute name of what is imported relatively, as importlib resolves it."""
    if not level:
        return module
    parts = package.split(".") if package else []
    if level > len(parts):
        return "." * level + module
    kept = parts[: len(parts) - level + 1]
    return ".".join([*kept, module] if module else kept)


def _called(node: ast.Call, importers: set[str], package: str) -> str | None:
    """Return the module that `import_module("…")` or `__import__("…")` names as a constant."""
    match node.func:
        case ast.Name(word) | ast.Attribute(attr="import_module" as word) if word in importers:
            named = [each.value for each in node.keywords if each.arg == "name"]
            anchors = [each.value for each in node.keywords if each.arg != "name"]
            match [*named, *node.args[:1]], [*node.args[1:], *anchors]:
                case [ast.Constant(str(name))], _ if name and not name.startswith("."):
                    return name
                case [ast.Constant(str(name))], [ast.Name("__package__")] if name.strip("."):
                    level = len(name) - len(name.lstrip("."))
                    return _absolute(name[level:], level, package)
                case [ast.Constant(str(name))], [ast.Constant(str(anchor))] if name.strip("."):
                    level = len(name) - len(name.lstrip("."))
                    return _absolute(name[level:], level, anchor)
    return None


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.match_case):
            yield from (part for part in (child.guard,) if part)
        elif not isinstance(child, ast.stmt | ast.excepthandler):
            yield child


def catches_import_errors(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler of a `try` catches an ImportError, or a class above it.

    Args:
        handler: Of the `try`.
    """
    return _catches(handler.type)


def _catches(caught: ast.expr | None) -> bool:
    """Return whether `except caught:` catches an ImportError."""
    match caught:
        case None:
            return True
        case ast.Tuple(elts):
            return any(map(_catches, elts))
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in _CATCH or "Import" in name
    return False


def _may_be_skipped(
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, around: _Around
) -> bool:
    """Return whether a test is skipped, or its class, where what it needs is missing."""
    return around.skipped or any("skip" in ast.unparse(each) for each in node.decorator_list)


def _suppresses(context: ast.expr) -> bool:
    """Return whether this is `contextlib.suppress(ImportError)`, or a test expects it."""
    match context:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name), arguments):
            return name in _EXPECT and any(map(_catches, arguments))
    return False


def _raises(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Raise)


def _leaves(body: list[ast.stmt]) -> bool:
    """Return whether nothing after this block runs once it has run."""
    match body[-1]:
        case ast.Raise() | ast.Return() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(ast.Call(ast.Attribute(attr="exit" | "skip") | ast.Name("exit" | "skip"))):
            return True
    return False


def _tops(statement: ast.stmt, package: str) -> set[str]:
    """Return the top-level names of what a statement imports."""
    match statement:
        case ast.Import(names):
            return {alias.name.partition(".")[0] for alias in names}
        case ast.ImportFrom(module, _, level):
            return {_absolute(module or "", level, package).partition(".")[0]}
    return set()


def _bound_in(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what imports and assignments in this block bind."""
    for statement in body:
        match statement:
            case ast.Import(names) | ast.ImportFrom(names=names):
                for alias in names:
                    yield alias.asname or alias.name.partition(".")[0]
            case ast.Assign(targets):
                for target in targets:
                    yield from (name.id for name in _targets(target))


def _targets(target: ast.expr) -> Iterator[ast.Name]:
    """Yield the names that an assignment to a target binds."""
    match target:
        case ast.Name():
            yield target
        case ast.Tuple(elts) | ast.List(elts):
            for each in elts:
                yield from _targets(each)
        case ast.Starred(value):
            yield from _targets(value)


def _strings(value: ast.expr) -> list[str]:
    """Return the literal strings of a list, a tuple or a set, and of sums of them."""
    match value:
        case ast.List(elts) | ast.Tuple(elts) | ast.Set(elts):
            return [
                each.value
                for each in elts
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
        case ast.BinOp(left, ast.Add(), right):
            return [*_strings(left), *_strings(right)]
    return []
