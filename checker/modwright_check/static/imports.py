"""An import statement and its context."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from modwright_check.static.catching import Missing
from modwright_check.static.conditions import Asks
from modwright_check.static.context import Context, Where

# The functions that import what their argument names.
IMPORTERS = ("import_module", "__import__")

_LAZY = 15  # the first Python that knows lazy imports (PEP 810)


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
        lazy: Whether it waits for the first use of its name (PEP 810): by the statement, which
            runs later in every Python that knows it; or by `__lazy_modules__`, which Pythons
            before 3.15 pass over, so that `where` says "at import".
        flags: The names that are asked for before it, in their modules' names, with what each of
            them has to be, true or false; None when that depends on more than the name.
        context: What stands around it.
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
    lazy: bool = False
    flags: tuple[tuple[str, bool | None], ...] = ()
    context: Context = field(kw_only=True, repr=False, compare=False)

    @property
    def top(self) -> str:
        """Return the first part of the module's name."""
        return self.module.partition(".")[0]

    @property
    def is_conditional(self) -> bool:
        """Return whether it depends on what the module finds around it: a library, a system."""
        return self.guarded or self.platforms or self.versions

    @property
    def may_fail(self) -> bool:
        """Return whether importing the module, and using it, goes on when this import fails."""
        return self.guarded or self.main or self.where is Where.FOR_TYPES

    @property
    def always_runs(self) -> bool:
        """Return whether nothing decides about it but that its module or function runs."""
        return not (self.is_conditional or self.may_fail)

    @property
    def is_first_choice(self) -> bool:
        """Return whether it does not replace another import that has failed."""
        return not self.instead

    @property
    def in_a_branch(self) -> bool:
        """Return whether an `if` decides about it when its module is imported."""
        return self.where is Where.AT_IMPORT and self.context.in_a_branch()

    def waits(self, minors: Collection[int]) -> bool:
        """Return whether each of these Pythons imports it when its name is first used.

        Args:
            minors: Their second numbers. Those before 3.15 pass over `__lazy_modules__`.
        """
        by_statement = self.where is not Where.AT_IMPORT
        return self.lazy and (by_statement or min(minors, default=0) >= _LAZY)

    def runs_on(self, minors: Collection[int]) -> bool:
        """Return whether one of these Pythons may run it, by what is asked of their versions.

        Args:
            minors: Their second numbers.
        """
        return not self.versions or not self.context.minors.isdisjoint(minors)

    @property
    def handler(self) -> ast.ExceptHandler | None:
        """Return what runs when it fails; None for the alternative of another import as well."""
        return self.context.answers()

    def may_name(self, module: str) -> bool:
        """Return whether this imports a module, or one inside it."""
        named = (self.module, *(f"{self.module}.{name}" for name in self.names))
        return any(f"{name}.".startswith(f"{module}.") for name in named)


def placed(
    module: str, names: tuple[str, ...], node: ast.stmt | ast.Call, context: Context, *, later: bool
) -> Import:
    """Return an import as what stands around it makes it.

    Args:
        module: What is imported.
        names: What is taken from it.
        node: The statement, or the call.
        context: What stands around it.
        later: Whether it runs when its name is first used.
    """
    at_import = context.where is Where.AT_IMPORT
    return Import(
        module,
        names,
        node.lineno,
        Where.IN_FUNCTION if later and at_import else context.where,
        guarded=context.may_lack(module),
        platforms=context.platforms,
        versions=Asks.VERSION in context.asks,
        called=isinstance(node, ast.Call),
        main=context.main,
        instead=Missing.MODULE in context.instead,
        context=context,
    )


def tops(statement: ast.stmt, package: str) -> set[str]:
    """Return the top-level names of what a statement imports.

    Args:
        statement: Of any kind.
        package: Where relative names start from.
    """
    match statement:
        case ast.Import(names):
            return {alias.name.partition(".")[0] for alias in names}
        case ast.ImportFrom(module, _, level):
            return {absolute(module or "", level, package).partition(".")[0]}
    return set()


def absolute(module: str, level: int, package: str) -> str:
    """Return the absolute name of what is imported relatively, as importlib resolves it.

    Args:
        module: The name after the dots; it may be empty.
        level: How many dots there are.
        package: Where they start from.

    Returns:
        With its dots, when it lies above the top-level package.
    """
    if not level:
        return module
    parts = package.split(".") if package else []
    if level > len(parts):
        return "." * level + module
    kept = parts[: len(parts) - level + 1]
    return ".".join([*kept, module] if module else kept)


def called_module(node: ast.Call, importers: set[str], package: str) -> str | None:
    """Return the module that `import_module("…")` or `__import__("…")` names as a constant.

    Args:
        node: The call.
        importers: What these functions are called in the module.
        package: Where relative names start from.
    """
    match node.func:
        case ast.Name(word) | ast.Attribute(attr="import_module" as word) if word in importers:
            named = [each.value for each in node.keywords if each.arg == "name"]
            anchors = [each.value for each in node.keywords if each.arg != "name"]
            if word == "__import__" and (level := _level(node)):
                return _relative(named or node.args, level, package)
            match [*named, *node.args[:1]], [*node.args[1:], *anchors]:
                case [ast.Constant(str(name))], _ if name and not name.startswith("."):
                    return name
                case [ast.Constant(str(name))], [ast.Name("__package__")] if name.strip("."):
                    return _anchored(name, package)
                case [ast.Constant(str(name))], [ast.Constant(str(anchor))] if name.strip("."):
                    return _anchored(name, anchor)
    return None


def _level(call: ast.Call) -> ast.expr | None:
    """Return how many packages up `__import__` begins, where that is given and not zero."""
    given = [each.value for each in call.keywords if each.arg == "level"] or call.args[4:5]
    match given:
        case [] | [ast.Constant(0)]:
            return None
    return given[0]


def _relative(named: Sequence[ast.expr], level: ast.expr, package: str) -> str | None:
    match [*named[:1], level]:
        case [ast.Constant(str(name)), ast.Constant(int(number))] if name and number > 0:
            return absolute(name, number, package)
    return None


def _anchored(name: str, package: str) -> str:
    level = len(name) - len(name.lstrip("."))
    return absolute(name[level:], level, package)
